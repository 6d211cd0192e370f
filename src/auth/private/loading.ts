// Rotation is loaded by those who rotate a password: a cache without it does not pay for it.
/* eslint-disable @typescript-eslint/no-require-imports */
import type * as Plan from './rotation-plan';
import type * as Rotation from '../credential-rotation';

/** What decides how a password is rotated. */
export function rotationPlan(): typeof Plan {
  return require('./rotation-plan') as typeof Plan;
}

/** The construct that rotates a password. */
export function credentialRotation(): typeof Rotation.CredentialRotation {
  return (require('../credential-rotation') as typeof Rotation).CredentialRotation;
}
