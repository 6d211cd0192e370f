import { AccessString } from '../../src/access/access-string';
import { accessStringProblems } from '../../src/access/private/access-string-grammar';

// What the service knew when it was measured.
const CATEGORIES = ['all', 'admin', 'bitmap', 'blocking', 'connection', 'dangerous', 'fast', 'geo', 'hash', 'hyperloglog', 'keyspace', 'list', 'pubsub', 'read',
  'scripting', 'set', 'sortedset', 'slow', 'stream', 'string', 'transaction', 'write'];

describe('grammar', () => {
  test.each([
    '', 'on', 'off', 'on ~* &* +@all', 'off -@all', '  on   ~*\t+@all ', 'on ~app:* %R~cache:* %W~jobs:* %RW~x:*', 'on +get +set|nx -config|set',
    'on allkeys allchannels allcommands', 'on nocommands +get', 'on sanitize-payload ~* +@all', 'on skip-sanitize-payload', 'on clearselectors',
    'on ~* -@all (+get ~a:*) (+set ~b:*)', 'on (~a +@read)', 'on ~* +@all db=0', 'on +@READ',
  ])('finds nothing in %j', (text) => {
    expect(accessStringProblems(text)).toEqual({ rejected: [], doubtful: [] });
  });

  test.each(CATEGORIES.flatMap((category) => [`on +@${category}`, `on -@${category}`]))('knows the category of %j', (text) => {
    expect(accessStringProblems(text)).toEqual({ rejected: [], doubtful: [] });
  });

  test.each(['>password1234567890', '<password1234567890', '#0123abcd', '!0123abcd', 'nopass', 'resetpass'])('rejects the password rule %j', (word) => {
    expect(accessStringProblems(`on ${word} ~* +@all`).rejected).toEqual(['passwords do not belong into an access string']);
  });

  test('rejects reset, and says each problem once a word', () => {
    expect(accessStringProblems('reset on nopass >secret').rejected).toEqual([
      '"reset" is not supported by ElastiCache', 'passwords do not belong into an access string', 'passwords do not belong into an access string',
    ]);
  });

  // Modules of newer versions bring categories and rules that were not there when this was written.
  test.each([
    ['on +@bloom', 'the category @bloom belongs to a module, and the service may not take it; allow the commands by name'],
    ['on -@json', 'the category @json belongs to a module, and the service may not take it; allow the commands by name'],
    ['on resetkeys ~a', '"resetkeys" is known to engines, and the service may not take it'],
    ['~* +@all', 'neither "on" nor "off" is said, so the user is off and cannot log in'],
  ])('doubts %j, and no more', (text, problem) => {
    expect(accessStringProblems(text)).toEqual({ rejected: [], doubtful: [problem] });
  });
});

describe('values', () => {
  test('what an application needs', () => {
    expect(AccessString.readWrite().toString()).toBe('on ~* &* +@all -@admin -@dangerous +info');
  });

  test('nothing', () => {
    expect(AccessString.none().toString()).toBe('off -@all');
  });

  test('anything', () => {
    expect(AccessString.of('on ~app:* +@read').toString()).toBe('on ~app:* +@read');
  });

  test.each([AccessString.readWrite(), AccessString.none()])('%s has no problem', (accessString) => {
    expect(accessStringProblems(accessString.toString())).toEqual({ rejected: [], doubtful: [] });
  });
});
