// The entry point of the bundle: like main.ts, with the access file included.
import { App } from 'cdktf';
import access from '../access.config';
import { validateAll } from '../constructs/validate-all';
import { defineAccessStacks } from '../stacks';
import { withoutTokenTraces } from '../stacks/without-token-traces';

const app = new App({ stackTraces: false });
withoutTokenTraces(() => {
  defineAccessStacks(app, access);
  validateAll(app);
  app.synth();
});
