import { Asker, malformed, subjects, type Attacking } from '@shidang/attack';
import { readState } from '@shidang/dev';
import { password } from './people';
import { scenario } from './scenario';
import { sharedSystem } from './shared-system';

/** A short slice of `npm run attack`, by people of a city of their own: what they might be granted by mistake hurts nobody else. */
const people = scenario('attack');
const city = '330800';
const school = '3133080001';
const requests = 600;
let attacking: Attacking;

beforeAll(async () => {
  const { url, dir, adminUrl } = sharedSystem();
  await people.found('330000', city, '衢州市');
  await people.issue(`systemAdministrator@${city}`, 'informationAdministrator', city);
  await people.school(city, school, '衢州实验学校', '312');
  const posts = people.posts().filter((post) => post.endsWith(`@${city}`) || post.endsWith(`@${school}`));
  const askers = await Promise.all(
    posts.map(async (post) => {
      const door = people.at(post);
      const { body } = await door.must<{ account: { loginName: string } }>('GET', '/me');
      return new Asker(url, body.account.loginName, password, door.token);
    }),
  );
  const natsUrl = `nats://127.0.0.1:${readState(dir)!.ports['nats']}`;
  const say = () => undefined;
  attacking = { system: { url, dir, adminUrl, natsUrl }, askers, seed: '20161210', requests, milliseconds: 0, say };
}, 60_000);

it('no malformed request is a fault, and no answer to one tells a stack, SQL or a path', async () => {
  const { figures, violations } = await malformed.run(attacking);
  expect(violations).toEqual([]);
  expect(figures['requests']).toBe(requests);
}, 120_000);

it('no user of NATS gets a foreign subject', async () => {
  const { figures, violations } = await subjects.run(attacking);
  expect(violations).toEqual([]);
  expect(figures['foreign subjects']).toBeGreaterThan(1_000);
});
