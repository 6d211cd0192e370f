import { awscdk, github, javascript, JsonFile, TextFile } from 'projen';

/** The oldest aws-cdk-lib and constructs the library works with: the newest pair that every package index serves. */
const FLOOR = { cdk: '2.262.2', constructs: '10.5.1' };
/** The newest aws-cdk-lib the tests run on as well; the independent judges of test/oracle run on it. */
const NEWEST_CDK = '2.276.0';
/** Folders of TypeScript beside src that are linted and type-checked but never published. */
const UNPUBLISHED_FOLDERS = ['test', 'examples', 'bench', 'command', 'scripts'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-elasticache',
  description: 'Amazon ElastiCache for the AWS CDK: secure, highly available and observable caches that deploy the first time',
  author: 'cdk-elasticache contributors',
  authorAddress: 'https://github.com/cdk-elasticache',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-elasticache/cdk-elasticache.git',
  homepage: 'https://github.com/cdk-elasticache/cdk-elasticache',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-elasticache contributors',
  copyrightPeriod: '2026',
  stability: 'experimental',
  keywords: ['aws', 'cdk', 'aws-cdk', 'awscdk', 'elasticache', 'valkey', 'redis', 'memcached', 'cache'],

  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  projenVersion: '0.103.25',
  cdkVersion: FLOOR.cdk,
  constructsVersion: FLOOR.constructs,
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22',
  defaultReleaseBranch: 'main',
  majorVersion: 0,
  sampleCode: false,
  npmignoreEnabled: false,
  autoDetectBin: false, // the command is named below
  npmProvenance: true,
  publishToPypi: { distName: 'cdk-elasticache', module: 'cdk_elasticache' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-elasticache',
    mavenArtifactId: 'cdk-elasticache',
    javaPackage: 'io.github.cdkelasticache',
  },
  publishToNuget: { packageId: 'CdkElastiCache', dotNetNamespace: 'CdkElastiCache' },
  publishToGo: { moduleName: 'github.com/cdk-elasticache/cdk-elasticache-go' },

  devDeps: [
    `newest-cdk@npm:aws-cdk-lib@${NEWEST_CDK}`,
    // npm takes the schema of the newest for a part of its bundle, which it is not, and does not install it.
    'newest-cloud-assembly-schema@npm:@aws-cdk/cloud-assembly-schema@55.6.0',
    'aws-cdk@2.1148.1',
    // The Go packages of these two are served in exactly these versions; jsii-pacmak writes what npm installed.
    '@aws-cdk/cloud-assembly-schema@54.11.0',
    '@aws-cdk/asset-node-proxy-agent-v6@2.1.2',
    '@aws-cdk/aws-elasticache-alpha@2.235.1-alpha.0',
    '@aws-cdk/aws-service-spec@0.1.216',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@aws-crypto/sha256-js@5.2.0',
    '@aws-sdk/client-cloudformation@3.1127.0',
    '@aws-sdk/client-cloudwatch@3.1127.0',
    '@aws-sdk/client-cloudwatch-logs@3.1127.0',
    '@aws-sdk/client-ec2@3.1127.0',
    '@aws-sdk/client-elasticache@3.1127.0',
    '@aws-sdk/client-lambda@3.1127.0',
    '@aws-sdk/client-secrets-manager@3.1127.0',
    '@aws-sdk/client-sns@3.1127.0',
    '@aws-sdk/client-sqs@3.1127.0',
    // A judge of the tests alone; it is AGPL and never part of the package.
    '@cloud-copilot/iam-simulate@0.1.173',
    '@smithy/signature-v4@5.7.5',
    '@types/aws4@1.11.6',
    '@valkey/valkey-glide@2.5.2',
    '@viz-js/viz@3.31.0',
    'ajv@8.20.0',
    'aws4@1.13.2',
    'awslint@2.262.2-alpha.0',
    'cdk-monitoring-constructs@10.2.0',
    'cdk-nag@3.0.2',
    'cdk-preflight@0.0.143',
    'cdk-redisdb@0.0.39',
    'commander@14.0.3',
    'commonmark@0.31.2',
    'echarts@6.1.0',
    'esbuild@0.28.1',
    'fast-check@4.10.2',
    'iovalkey@0.4.0',
    'node-sarif-builder@3.3.1',
    'tsx@4.23.15',
    'yaml@2.9.1',
  ],

  eslintOptions: { dirs: ['src'], devdirs: UNPUBLISHED_FOLDERS },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    coverageText: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/oracle/', '<rootDir>/test/deploy/', '<rootDir>/test/packaging/'],
      setupFiles: ['<rootDir>/test/support/setup.ts'],
      globalSetup: '<rootDir>/test/support/bundle.ts',
      collectCoverageFrom: ['src/**/*.ts'],
      moduleNameMapper: { '^cdk-elasticache$': '<rootDir>/src' },
    },
  },
  gitignore: [
    '.venv/', 'examples/**/target/', '__pycache__/', '*.pyc', '.pytest_cache/', '.ruff_cache/',
    'cdk.out/', 'cdk.context.json', '*.tabl.json', '/assets/', '/bin/', '/coverage/', '/test-reports/', '!/API.md', '.DS_Store',
  ],
  bumpPackage: 'commit-and-tag-version@12.5.0',
  githubOptions: { mergify: false },
  depsUpgrade: false,
});

// With `exports` the package can be imported by its name from within: examples look as they do in a user's app.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
  './package.json': './package.json',
});
project.package.addField('files', ['lib/index.js', 'lib/modules*.js', 'lib/**/*.d.ts', '!lib/auth/rotation', 'assets', 'bin', '.jsii', 'API.md', 'CHANGELOG.md']);
// The command is one file with all it needs: it is called where aws-cdk-lib is not, and the package depends on nothing.
project.package.addBin({ 'cdk-elasticache': 'bin/cdk-elasticache.js' });
project.preCompileTask.exec('node scripts/lib/bundle-command.js');
project.package.file.addOverride('jsii.metadata.jsii.rosetta.strict', true);
project.package.addField('overrides', {
  // Its newest releases need platform packages that are not published: `npm ci` would refuse the lock file.
  'unrs-resolver': '1.12.2',
  // cdk-preflight names the newest aws-cdk-lib as its peer; the tests map it to newest-cdk.
  'cdk-preflight': { 'aws-cdk-lib': '$aws-cdk-lib' },
});

// Maps of the source inside the code would be more than half of the package, and are read at every import.
project.tsconfig?.file.addOverride('compilerOptions.inlineSourceMap', false);
project.tsconfig?.file.addOverride('compilerOptions.inlineSources', false);
// The compiled index loads each module when one of its names is first used.
project.compileTask.exec('node scripts/lib/bundle-library.js');

// The function that rotates passwords is bundled before compilation; the package holds the result instead.
project.preCompileTask.exec('node scripts/lib/bundle-rotation.js');

// Lock files carry no download addresses, whatever the machine's own npm settings are.
new TextFile(project, '.npmrc', { marker: false, lines: ['omit-lockfile-registry-resolved=true', 'fund=false', 'audit=false', ''] });

// The unit tests again, on the newest aws-cdk-lib; the oracles run there as well.
const jestBase = {
  rootDir: '../..',
  clearMocks: true,
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  globalSetup: '<rootDir>/test/support/bundle.ts',
  transform: { '^.+\\.[t]sx?$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
};
const self = { '^cdk-elasticache$': '<rootDir>/src' };
const onNewest = {
  ...self,
  '^aws-cdk-lib$': 'newest-cdk',
  '^aws-cdk-lib/(.*)$': 'newest-cdk/$1',
  '^@aws-cdk/cloud-assembly-schema$': 'newest-cloud-assembly-schema',
  '^@aws-cdk/cloud-assembly-schema/(.*)$': 'newest-cloud-assembly-schema/$1',
};
// Rules over templates, the command, and what the rotating function does know nothing of a version of aws-cdk-lib.
const WITHOUT_CDK = [
  ...['cli', 'constraints', 'doubles', 'mutations', 'rules-pages', 'strangers', 'template-cases', 'template-words'].map((name) => `checks/${name}`),
  'auth/rotate',
];
new JsonFile(project, 'test/newest/jest.config.json', {
  obj: {
    ...jestBase,
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    testPathIgnorePatterns: [
      '/node_modules/', '<rootDir>/test/oracle/', '<rootDir>/test/deploy/', '<rootDir>/test/packaging/',
      ...WITHOUT_CDK.map((name) => `<rootDir>/test/${name}\\.`),
    ],
    moduleNameMapper: onNewest,
  },
});
new JsonFile(project, 'test/oracle/jest.config.json', {
  obj: {
    ...jestBase,
    setupFiles: [],
    testMatch: ['<rootDir>/test/oracle/**/*.test.ts'],
    moduleNameMapper: onNewest,
    testTimeout: 120000,
  },
});
new JsonFile(project, 'test/deploy/jest.config.json', {
  obj: { ...jestBase, moduleNameMapper: self, testMatch: ['<rootDir>/test/deploy/**/*.test.ts'], testTimeout: 300000, maxWorkers: 1 },
});

// Type-check what jest only transpiles, and what esbuild bundles.
for (const folder of UNPUBLISHED_FOLDERS.filter((each) => each !== 'test')) {
  project.tsconfigDev.addInclude(`../${folder}/**/*.ts`);
  // eslint looks for the nearest tsconfig.json that includes a file.
  new JsonFile(project, `${folder}/tsconfig.json`, {
    obj: { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..', isolatedModules: true }, include: ['**/*.ts'] },
  });
}
project.addTask('typecheck', { description: 'Type-check tests, examples and benchmarks', exec: 'tsc --noEmit -p test/tsconfig.json' });
project.addTask('test:newest', { description: 'Unit tests on the newest aws-cdk-lib', exec: 'jest --ci --config test/newest/jest.config.json' });
project.addTask('test:oracle', { description: 'Independent judges over the examples', exec: 'jest --ci --config test/oracle/jest.config.json' });
project.addTask('test:deploy', { description: 'Deploy to local AWS and connect real clients', exec: 'jest --ci --config test/deploy/jest.config.json' });
project.addTask('rosetta', {
  description: 'Compile every example of README, docs and API, and translate it',
  exec: 'scripts/lib/translate .jsii.tabl.json',
});
// The packages show examples in the language of their reader: jsii-pacmak takes the translations that lie beside .jsii, and fails for a missing one.
for (const language of ['python', 'java', 'go', 'dotnet']) {
  project.tasks.tryFind(`package:${language}`)?.reset(`jsii-pacmak -v --target ${language} --rosetta-unknown-snippets fail`);
  project.tasks.tryFind(`package:${language}`)?.prependExec('scripts/lib/translate .jsii.tabl.json --cache-from .jsii.tabl.json');
}

// The workflow names no registry, the tools know their own; and it publishes with a pinned version of the publisher.
const PUBLIB = 'publib@0.2.1061';
const release = project.tryFindObjectFile('.github/workflows/release.yml');
const publishers = { npm: 9, maven: 10, pypi: 10, nuget: 10, golang: 10 };
for (const [target, step] of Object.entries(publishers)) {
  release?.addOverride(`jobs.release_${target}.steps.${step}.run`, `npx -p ${PUBLIB} publib-${target}`);
}
release?.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

// With every release comes the list of what is in the package.
project.packageTask.exec('scripts/sbom');
release?.addOverride('jobs.release_github.steps.3.run', [
  'tag=$(cat "$RELEASE_TAG_FILE") &&',
  'gh release view "$tag" -R "$GITHUB_REPOSITORY" 2>/dev/null ||',
  'gh release create "$tag" dist/sbom.cdx.json -R "$GITHUB_REPOSITORY" -F "$CHANGELOG_FILE" -t "$tag" --target "$GITHUB_SHA"',
].join('\n'));

// The package of each language, made and used from outside, for every change.
const languages = project.github?.addWorkflow('languages');
languages?.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
languages?.addJob('languages', {
  name: 'Packages, documentation and examples of all languages',
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  timeoutMinutes: 30,
  env: { CI: 'true' },
  steps: [
    github.WorkflowSteps.checkout(),
    { name: 'Setup Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': '22', 'package-manager-cache': false } },
    { name: 'Setup Python', uses: 'actions/setup-python@v7.0.0', with: { 'python-version': '3.11' } },
    { name: 'Setup Java', uses: 'actions/setup-java@v6.0.0', with: { 'distribution': 'corretto', 'java-version': '17' } },
    { name: 'Setup Go', uses: 'actions/setup-go@v7.0.0', with: { 'go-version': '1.26', 'cache': false } },
    { name: 'Checks', run: 'scripts/test --only rosetta --only docs --only packaging --only polyglot' },
  ],
});

// The integration tests on a real account: every week and on demand, where somebody said which account that is.
const integ = project.github?.addWorkflow('integ');
integ?.on({ workflowDispatch: {}, schedule: [{ cron: '0 4 * * 1' }] });
integ?.addJob('integ', {
  name: 'Deploy, assert, destroy',
  runsOn: ['ubuntu-latest'],
  if: "vars.INTEG_ROLE_ARN != '' && vars.INTEG_REGION != ''",
  permissions: { contents: github.workflows.JobPermission.READ, idToken: github.workflows.JobPermission.WRITE },
  concurrency: { 'group': 'integ', 'cancel-in-progress': false },
  timeoutMinutes: 120,
  steps: [
    github.WorkflowSteps.checkout(),
    { name: 'Setup Node.js', uses: 'actions/setup-node@v7.0.0', with: { 'node-version': '22', 'package-manager-cache': false } },
    { name: 'Install dependencies', run: 'npm ci' },
    { name: 'Compile', run: 'npx projen pre-compile && npx projen compile' },
    {
      name: 'Credentials',
      uses: 'aws-actions/configure-aws-credentials@v6.2.3',
      with: { 'role-to-assume': '${{ vars.INTEG_ROLE_ARN }}', 'aws-region': '${{ vars.INTEG_REGION }}' },
    },
    { name: 'Integration tests', run: 'npx tsx test/integ/run.ts --at-once 6 --report integ.xml' },
  ],
});

project.synth();
