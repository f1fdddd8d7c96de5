import { commonRefusals } from '@shidang/contracts';
import { faultWords, isOutage } from './fault-words';

const driverError = (message: string, code: string) =>
  Object.assign(new Error(message), { code, name: 'DriverException' });

it('a database error says its kind and SQLSTATE, never the values in its message', () => {
  const error = driverError(`insert into "teacher" ("name") values ('林一诺') - duplicate key`, '23505');
  const told = JSON.stringify(faultWords(error));
  expect(faultWords(error).words).toBe('DriverException 23505');
  expect(told).not.toContain('林一诺');
  expect(told).toContain('fault-words.spec');
});

it('so does an error caused by one', () => {
  const error = new Error('while saving 林一诺', { cause: driverError('x', '40001') });
  expect(JSON.stringify(faultWords(error))).not.toContain('林一诺');
});

it('other errors keep their words', () => {
  expect(faultWords(new Error('cannot digest')).words).toBe('cannot digest');
  expect(faultWords({ secret: 1 }).words).toBe('unknown fault');
});

it('a service or database that is away is an outage, a rule or a bug is not', () => {
  expect(isOutage(new Error('the registry does not answer', { cause: commonRefusals.unavailable({}) }))).toBe(true);
  expect(isOutage(driverError('terminating connection', '57P01'))).toBe(true);
  expect(isOutage(driverError('connect', 'ECONNREFUSED'))).toBe(true);
  expect(isOutage(driverError('could not extend file: No space left on device', '53100'))).toBe(true);
  expect(isOutage(driverError('canceling statement due to lock timeout', '55P03'))).toBe(true);
  expect(isOutage(commonRefusals.notFound({}))).toBe(false);
  expect(isOutage(driverError('duplicate key', '23505'))).toBe(false);
  expect(isOutage(new Error('cannot digest'))).toBe(false);
});

it('a connection that broke in the middle is an outage, though the driver has no code for it', () => {
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isOutage(new Error('select 1 - Client has encountered a connection error and is not queryable'))).toBe(true);
  expect(isOutage(new Error('Knex: Timeout acquiring a connection. The pool is probably full.'))).toBe(true);
});
