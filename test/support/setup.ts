// aws-cdk-lib's built-in template validator costs more than everything else in a unit test; test/oracle runs it with its strict flag.
process.env.CDK_VALIDATION = 'false';
