import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey, IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** The field of a secret of ours that holds the password. */
export const PASSWORD_FIELD = 'password';
/** Letters and digits are legal in every place a password goes through: the service, URLs, shells, configuration files. */
const PASSWORD_LENGTH = 64;

/** How a password is kept. */
export interface PasswordSecretOptions {
  readonly description: string;
  /** What the secret holds beside the password. */
  readonly fields: Record<string, string>;
  readonly encryptionKey?: IKeyRef;
  readonly removalPolicy?: RemovalPolicy;
}

/** A secret with a generated password. */
export function createPasswordSecret(scope: Construct, { description, fields, encryptionKey, removalPolicy }: PasswordSecretOptions): Secret {
  const secret = new Secret(scope, 'Secret', {
    description,
    encryptionKey: encryptionKey && asKey(scope, encryptionKey),
    generateSecretString: {
      secretStringTemplate: JSON.stringify(fields),
      generateStringKey: PASSWORD_FIELD,
      passwordLength: PASSWORD_LENGTH,
      excludePunctuation: true,
      includeSpace: false,
    },
  });
  secret.applyRemovalPolicy(removalPolicy ?? RemovalPolicy.DESTROY);
  return secret;
}

/** CDK's secret takes a full key; a raw L1 or another reference is looked at by its ARN. */
function asKey(scope: Construct, key: IKeyRef): IKey {
  return 'grantDecrypt' in key ? key as IKey : Key.fromKeyArn(scope, 'Key', key.keyRef.keyArn);
}
