// Looks for secrets where none may be.
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** Texts to search, by a name that says where they are from. */
export type Places = Record<string, string | Buffer>;

/** The names of the places that hold one of the secrets. Never the secret itself: what this returns ends up in a log. */
export function findSecrets(secrets: string[], places: Places): string[] {
  if (secrets.length === 0 || secrets.some((secret) => secret.length < 16)) {
    throw new Error('a search needs secrets, and long ones: a short text is found by chance');
  }
  const forms = secrets.flatMap((secret) => [Buffer.from(secret), ...base64Forms(secret)]);
  return Object.entries(places).filter(([, content]) => forms.some((form) => Buffer.from(content as string).includes(form))).map(([name]) => name);
}

/** All files below a folder. Links are not followed: one of the local AWS leads to all of node_modules. */
export function filesOf(folder: string): Places {
  const places: Places = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      Object.assign(places, filesOf(path));
    } else if (entry.isFile()) {
      places[path] = readFileSync(path);
    }
  }
  return places;
}

/** The command lines and the environments of all processes that can be looked at, this one's environment included. */
export function processes(): Places {
  const files = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => ['cmdline', 'environ'].map((file) => join('/proc', pid, file)));
  return Object.fromEntries(files.flatMap((file) => {
    try {
      return [[file, readFileSync(file)]];
    } catch {
      return []; // the process ended, or belongs to somebody else
    }
  }));
}

/** What a secret looks like inside a longer text in base64: that depends on where in the text it begins, and its ends mix with what is beside it. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((offset) => Buffer.from(' '.repeat(offset) + secret).toString('base64').slice(offset === 0 ? 0 : offset + 1).replace(/.{0,3}={0,2}$/, ''));
}
