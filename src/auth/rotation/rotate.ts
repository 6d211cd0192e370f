// The four steps of a rotation, as Secrets Manager asks for them. Pure: everything outside is injected, nothing of CDK or the AWS SDK is imported.
//
// Secrets Manager may call a step again after it was cut off anywhere, and may call it twice. Each step therefore looks at what is there before
// it changes anything, and every change is one call whose repetition changes nothing. At every moment the password in AWSCURRENT logs in.

/** What Secrets Manager sends. */
export interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  /** The id of the version that is to become the current one. */
  readonly ClientRequestToken: string;
}

/** The versions of one secret. */
export interface SecretVersions {
  /** The labels of each version; `undefined` when rotation is not enabled. */
  labels(): Promise<Readonly<Record<string, readonly string[]>> | undefined>;
  /** The value with a label, of a certain version if one is given; `undefined` when there is none. */
  read(label: string, versionId?: string): Promise<string | undefined>;
  /** Adds a version that is labelled AWSPENDING. Says so without failing when another call added it first. */
  add(versionId: string, value: string): Promise<void>;
  /** Makes a version the current one. */
  promote(versionId: string, insteadOf: string | undefined): Promise<void>;
}

/** What a password opens. */
export interface RotationTarget {
  /** Makes the pending password valid and keeps the current one valid. Older ones end here: their time of overlap is over. */
  accept(passwords: { readonly current: string; readonly pending: string }): Promise<void>;
  /** Fails unless the password is in force. */
  verify(password: string): Promise<void>;
}

/** Where in a secret the password is. */
export interface PasswordPlace {
  /** The field of a secret in JSON; `undefined` when the password is all there is. */
  readonly field?: string;
}

export interface Rotation {
  readonly secret: SecretVersions;
  readonly target: RotationTarget;
  readonly place: PasswordPlace;
  readonly newPassword: () => string;
}

const CURRENT = 'AWSCURRENT';
const PENDING = 'AWSPENDING';

type Step = (rotation: Rotation, versionId: string) => Promise<void>;

const STEPS: Readonly<Record<string, Step>> = { createSecret, setSecret, testSecret, finishSecret };

/** Runs one step. Errors never carry a password. */
export async function rotate(event: RotationEvent, rotation: Rotation): Promise<void> {
  const step = Object.hasOwn(STEPS, event.Step) ? STEPS[event.Step] : undefined;
  if (!step) {
    throw new Error(`unknown step of a rotation: ${event.Step}`);
  }
  const versionId = event.ClientRequestToken;
  const labels = await rotation.secret.labels();
  if (!labels) {
    throw new Error(`rotation of ${event.SecretId} is not enabled`);
  }
  if (!labels[versionId]) {
    throw new Error(`version ${versionId} of ${event.SecretId} is not part of a rotation`);
  }
  if (labels[versionId].includes(CURRENT)) {
    return; // An earlier call finished; this one only did not hear of it.
  }
  if (!labels[versionId].includes(PENDING)) {
    throw new Error(`version ${versionId} of ${event.SecretId} is not the pending one; another rotation took its place`);
  }
  await step(rotation, versionId);
}

async function createSecret({ secret, place, newPassword }: Rotation, versionId: string): Promise<void> {
  if (await secret.read(PENDING, versionId) === undefined) {
    await secret.add(versionId, withPassword(await currentValue(secret), place, newPassword()));
  }
}

async function setSecret({ secret, target, place }: Rotation, versionId: string): Promise<void> {
  const current = passwordIn(await currentValue(secret), place);
  const pending = await secret.read(PENDING, versionId);
  if (pending === undefined) {
    throw new Error(`version ${versionId} has no value yet: createSecret has to come first`);
  }
  await target.accept({ current, pending: passwordIn(pending, place) });
}

/** Without a pending value nothing was set: then Secrets Manager only tries out the function, which it does when a schedule is made. */
async function testSecret({ secret, target, place }: Rotation, versionId: string): Promise<void> {
  const value = await secret.read(PENDING, versionId) ?? await currentValue(secret);
  await target.verify(passwordIn(value, place));
}

async function finishSecret({ secret }: Rotation, versionId: string): Promise<void> {
  const labels = await secret.labels() ?? {};
  const current = Object.keys(labels).find((id) => labels[id].includes(CURRENT));
  if (current !== versionId) {
    await secret.promote(versionId, current);
  }
}

async function currentValue(secret: SecretVersions): Promise<string> {
  const value = await secret.read(CURRENT);
  if (value === undefined) {
    throw new Error('the secret has no current value');
  }
  return value;
}

function passwordIn(value: string, { field }: PasswordPlace): string {
  const password = field === undefined ? value : fieldsOf(value)[field];
  if (typeof password !== 'string' || password === '') {
    throw new Error(`the secret has no text in its field ${field}`);
  }
  return password;
}

/** All other fields stay as they are. */
function withPassword(value: string, { field }: PasswordPlace, password: string): string {
  return field === undefined ? password : JSON.stringify({ ...fieldsOf(value), [field]: password });
}

function fieldsOf(value: string): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(value);
    if (typeof fields === 'object' && fields !== null) {
      return fields as Record<string, unknown>;
    }
  } catch {
    // The parser's own message quotes the text, and the text is a password.
  }
  throw new Error('the secret is not JSON with fields');
}
