import { endOfRun } from '@shidang/testing/run';
import { TestEnvironment } from 'jest-environment-node';
import { Profiles } from '../desk/profiles';

declare global {
  var profiles: Profiles;
}

let profiles: Profiles | undefined;

function ofThisProcess(): Profiles {
  if (profiles) return profiles;
  const begun = new Profiles();
  endOfRun.add(() => begun.end());
  return (profiles = begun);
}

/** Each spec file runs in a sandbox that loads every module anew; Playwright and the Chromium it started are outside, one for all of them. */
export default class BrowserEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global['profiles'] = ofThisProcess();
  }
}
