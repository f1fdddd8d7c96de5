import { roles } from '@shidang/access';
import { activationPathOf } from './fields';

test('slips of teachers and principals lead to their phones, all others to the console', () => {
  const onPhones = roles.filter((role) => activationPathOf(role) === '/me/activate');
  expect([...onPhones].sort()).toEqual(['principal', 'teacher']);
  for (const role of roles) expect(activationPathOf(role)).toMatch(/^\/(me|console)\/activate$/);
});
