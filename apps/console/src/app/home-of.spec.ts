import { roles } from '@shidang/access';
import { homeOf } from './home-of';

describe('after a log-in', () => {
  const inMe = (isPhone: boolean) => roles.filter((role) => homeOf(role, isPhone) === '/me/');

  it('a teacher works in the phone app, a principal where he sits, everybody else in the console', () => {
    expect(inMe(true).sort()).toEqual(['principal', 'teacher']);
    expect(inMe(false)).toEqual(['teacher']);
  });
});
