import { Token } from 'aws-cdk-lib';
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

describe('what ElastiCache refuses', () => {
  test.each([
    ['on +@everything', /the category @everything is not one of all, admin, /],
    ['on -@nosuch', /the category @nosuch/],
    ['on get', /"get" is not a rule of an access string/],
    ['on everything', /"everything" is not a rule/],
    ['on (~a +@nosuch)', /the category @nosuch/],
  ])('rejects %j', (text, message) => {
    const { rejected, doubtful } = accessStringProblems(text);
    expect(rejected).toEqual([expect.stringMatching(message)]);
    expect(doubtful).toEqual([]);
  });

  test('parentheses inside a pattern are part of the pattern', () => {
    expect(accessStringProblems('on ~a(b)c &x(y) (~d(e +get)')).toEqual({ rejected: [], doubtful: [] });
  });
});

describe('the builder', () => {
  const [all, none] = [AccessString.readWrite(), AccessString.none()];

  test.each<[string, AccessString, string]>([
    ['limits every key to patterns', AccessString.readOnly().keys('app:*'), 'on ~app:* -@all +@read +@connection +@transaction +cluster -@admin -@dangerous +info'],
    ['adds patterns to patterns', all.keys('a:*').keys('b:*', 'a:*'), 'on ~a:* ~b:* &* +@all -@admin -@dangerous +info'],
    ['goes back to every key', all.keys('a:*').keys('*'), all.toString()],
    ['tells reading from writing', all.readKeys('a:*').writeKeys('b:*'), 'on %R~a:* %W~b:* &* +@all -@admin -@dangerous +info'],
    ['knows that reading and writing every key is every key', all.readKeys('*').writeKeys('*', 'x'), all.toString()],
    ['limits every channel to patterns', all.channels('news:*').channels('jobs:*'), 'on ~* &news:* &jobs:* +@all -@admin -@dangerous +info'],
    ['goes back to every channel', all.channels('news:*').channels('*'), all.toString()],
    ['begins with nothing', none.enabled().keys('a').allowCommands('GET', 'client|setname'), 'on ~a -@all +get +client|setname'],
    ['keeps the order of commands and categories', none.allowCategories('read').denyCommands('mget').denyCategories('slow'), 'off -@all +@read -mget -@slow'],
    ['limits to databases', all.databases(1).databases(0, 1), 'on ~* &* db=1,0 +@all -@admin -@dangerous +info'],
    ['adds selectors', none.enabled().selector(none.keys('a').allowCommands('get')).selector(all), 'on -@all (~a -@all +get) (~* &* +@all -@admin -@dangerous +info)'],
    ['turns off', all.disabled(), 'off ~* &* +@all -@admin -@dangerous +info'],
    ['writes behind what was given as text', AccessString.of('on ~a').keys('b').allowCommands('get'), 'on ~a ~b +get'],
  ])('%s', (_, accessString, text) => {
    expect(accessString.toString()).toBe(text);
  });

  test('leaves the value it is called on as it is', () => {
    const before = all.toString();
    all.keys('a').channels('b').allowCommands('get').databases(1).selector(none).disabled();
    expect(all.toString()).toBe(before);
  });

  test.each<[string, () => AccessString, RegExp]>([
    ['keys', () => all.keys(''), /\[InvalidAccessString\] keys must be a pattern without spaces, with at least one character, got: ""/],
    ['readKeys', () => all.readKeys('a b'), /readKeys must be a pattern without spaces/],
    ['writeKeys', () => all.writeKeys('a\n'), /writeKeys must be a pattern without spaces/],
    ['channels', () => all.channels('a\tb'), /channels must be a pattern without spaces/],
    ['allowCategories', () => all.allowCategories('@read'), /allowCategories must be a name without @, such as read, got: "@read"/],
    ['denyCategories', () => all.denyCategories(''), /denyCategories must be a name/],
    ['allowCommands', () => all.allowCommands('>secret'), /allowCommands must be a command such as get/],
    ['denyCommands', () => all.denyCommands('config|get|x'), /denyCommands must be a command/],
    ['databases', () => all.databases(-1), /databases must be a whole number from 0, got: -1/],
    ['databases', () => all.databases(1.5), /databases must be a whole number from 0, got: 1.5/],
    ['selector', () => all.selector(none.selector(none)), /selector must have no selectors of its own/],
    ['selector', () => all.selector(AccessString.of('+get')), /selector must be built, not given as text with of\(\)/],
    ['selector', () => all.selector(none.keys('a)')), /selector must have no pattern with quotation marks or a parenthesis/],
    ['selector', () => all.selector(none.channels('a"b')), /selector must have no pattern with quotation marks/],
  ])('%s refuses what the engine could not take', (_, build, message) => {
    expect(build).toThrow(message);
  });

  test('tokens are taken as they are', () => {
    const token = Token.asString({ Ref: 'Prefix' });
    expect(all.keys(`${token}:*`, token).toString()).toContain(`~${token}:* ~${token} `);
    expect(() => none.allowCommands(token)).not.toThrow();
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

  test.each([AccessString.readWrite(), AccessString.readOnly(), AccessString.queueWorker(), AccessString.admin(), AccessString.none()])('%s has no problem', (accessString) => {
    expect(accessStringProblems(accessString.toString())).toEqual({ rejected: [], doubtful: [] });
  });
});
