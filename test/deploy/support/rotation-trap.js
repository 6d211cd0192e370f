// Around the function that rotates: a file says at which call to a service the process kills itself, before or after the call took effect.
// It is the bundled function of the library that runs; here only the SDK it loads is wrapped.
'use strict';
const fs = require('fs');
const { ElastiCacheClient } = require('@aws-sdk/client-elasticache');
const { SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');

let step;
let calls;

function trap() {
  try {
    return JSON.parse(fs.readFileSync(process.env.TRAP, 'utf8'));
  } catch {
    return undefined;
  }
}

function die(found) {
  fs.renameSync(process.env.TRAP, `${process.env.TRAP}.sprung`);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => found);
}

for (const { prototype } of [ElastiCacheClient, SecretsManagerClient]) {
  const send = prototype.send;
  prototype.send = async function (...given) {
    const found = trap();
    const here = found && found.step === step && found.call === calls++ ? found.effect : undefined;
    if (here === 'before') {
      await die(found);
    }
    const result = await send.apply(this, given);
    if (here === 'after') {
      await die(found);
    }
    return result;
  };
}

const { handler } = require('./rotation');
exports.handler = (event, context) => {
  step = event.Step;
  calls = 0;
  return handler(event, context);
};
