import { randomInt } from 'crypto';

const KINDS = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789'];
const ALPHABET = KINDS.join('');
const LENGTH = 64;

/** A password as the library's secrets have them: 64 letters and digits, some of each kind, legal for users and AUTH tokens alike. */
export function newPassword(): string {
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    if (KINDS.every((kind) => [...kind].some((letter) => password.includes(letter)))) {
      return password;
    }
  }
}
