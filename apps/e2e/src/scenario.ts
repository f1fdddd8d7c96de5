import { People, type blocks } from './people';
import { sharedSystem } from './shared-system';

/** The people of one scenario file in the system of this run: who lishui() issued, and invented people of its own. */
export function scenario(name: keyof typeof blocks): People {
  const { url, tokens } = sharedSystem();
  return new People(url, name, tokens);
}
