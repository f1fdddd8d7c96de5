import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import type { Caller } from '@shidang/access';
import { BusClient, callerTokenSeconds, natsClient, newTrace } from '@shidang/bus';
import { Refusal, requests, resolveSession } from '@shidang/contracts';
import { asAdmin, inDatabase, secretsOf } from '@shidang/dev';
import { importPKCS8, SignJWT, UnsecuredJWT } from 'jose';
import { ghostId } from '../api/known-ids';
import { pathOf, readApi, type Operation } from '../api/operations';
import type { Attack, Attacking } from '../attack';
import { keptOut, type Tried } from '../check/kept-out';
import type { Violation } from '../check/violation';
import { ask, bodyOf, codeOf, type Asked } from '../door/ask';
import { Asker, json } from '../door/asker';
import { inTurns } from '../door/in-turns';

const issuer = 'shidang:identity';
/** Nobody's account, at the top of everything: worth forging. */
const widest: Caller = {
  accountId: ghostId,
  personId: ghostId,
  postId: ghostId,
  role: 'informationAdministrator',
  tier: 'central',
  orgPath: '0.',
  orgCode: '000000',
};

type Shown = readonly [says: string, headers: Asked['headers']];

const bearer = (says: string, token: string): Shown => [says, { authorization: `Bearer ${token}` }];

/** A further session of the asker, so that ending it hurts nobody. */
async function another({ system }: Attacking, asker: Asker): Promise<Asker> {
  const again = new Asker(system.url, asker.loginName, asker.password);
  if (!(await again.logIn())) throw new Error(`${asker.loginName} cannot log in again`);
  return again;
}

const sessionSql = (attacking: Attacking, { token }: Asker, set: string): Promise<unknown> =>
  asAdmin(inDatabase(attacking.system.adminUrl, 'shidang_identity'), (client) =>
    client.query(`update session set ${set} where token_hash = $1`, [createHash('sha256').update(token).digest('hex')]),
  );

/** Everything but a good token. */
async function badTokens(attacking: Attacking): Promise<Shown[]> {
  const [asker, other] = [attacking.askers[1]!, attacking.askers[2]!];
  const { token } = await another(attacking, asker);
  const [ended, overdue, idle] = [
    await another(attacking, asker),
    await another(attacking, asker),
    await another(attacking, asker),
  ];
  await ended.ask('DELETE', '/sessions/current');
  await sessionSql(attacking, overdue, `ends_at = now() - interval '1 second'`);
  await sessionSql(attacking, idle, `seen_at = now() - make_interval(secs => idle_seconds + 1)`);
  const last = token.endsWith('A') ? 'B' : 'A';
  const hash = createHash('sha256').update(token).digest('hex');
  return [
    ['nothing', {}],
    ['an empty header', { authorization: '' }],
    ['a scheme alone', { authorization: 'Bearer' }],
    [
      'a name and a password',
      { authorization: `Basic ${Buffer.from(`${asker.loginName}:${asker.password}`).toString('base64')}` },
    ],
    ['a token without its scheme', { authorization: token }],
    ['two tokens', { authorization: `Bearer ${token} ${token}` }],
    ['a token in another header', { 'x-authorization': `Bearer ${token}`, 'x-access-token': token }],
    bearer('an invented token', randomBytes(32).toString('base64url')),
    bearer('a token that was cut', token.slice(0, -1)),
    bearer('a token with another end', `${token.slice(0, -1)}${last}`),
    bearer('a token with something behind it', `${token}A`),
    bearer('a token in capitals', token.toUpperCase()),
    bearer('the hash that is stored of a token', hash),
    bearer('an account id', ghostId),
    bearer('SQL', "' or '1'='1' --xxxxxxxxxxxxxxxx"),
    bearer('a token of another installation', `sd_${randomBytes(40).toString('base64url')}`),
    bearer('a caller token', await signed(attacking, widest)),
    bearer('a token that was signed out', ended.token),
    bearer('a token past its end', overdue.token),
    bearer('a token that was idle too long', idle.token),
    ['a cookie of an ended session', { cookie: `shidang_session=${ended.token}` }],
    ['an invented cookie', { cookie: `shidang_session=${randomBytes(32).toString('base64url')}` }],
    [
      'a good cookie beside a bad token',
      { cookie: `shidang_session=${other.token}`, authorization: 'Bearer aaaaaaaaaaaaaaaaaaaa' },
    ],
  ];
}

/** A cookie alone proves nothing where something is written: a foreign page could have sent it. */
async function badProofs(attacking: Attacking): Promise<Shown[]> {
  const [asker, other] = [attacking.askers[1]!, attacking.askers[2]!];
  const login = json('POST', '/sessions', { loginName: other.loginName, password: other.password });
  const { headers } = await ask(attacking.system.url, login);
  const csrf = /shidang_csrf=([^;]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';
  const cookie = `shidang_session=${asker.token}`;
  return [
    ['a cookie without proof', { cookie }],
    ["a cookie with another session's proof", { cookie: `${cookie}; shidang_csrf=${csrf}`, 'x-csrf-token': csrf }],
    ['a cookie with its token as proof', { cookie, 'x-csrf-token': asker.token }],
    ['a cookie with an empty proof', { cookie, 'x-csrf-token': '' }],
  ];
}

async function atTheDoor(attacking: Attacking, operations: readonly Operation[]): Promise<Tried[]> {
  const tried: Tried[] = [];
  const at =
    (operation: Operation, [token, headers]: Shown) =>
    async () => {
      const path = pathOf(operation, () => ghostId);
      const body = operation.body ? {} : undefined;
      const answer = await ask(
        attacking.system.url,
        json(operation.method, path, body, { 'if-match': '"1"', ...headers }),
      );
      tried.push({ token, where: operation.name, status: answer.status, code: codeOf(answer) });
    };
  const closed = operations.filter(({ isPublic }) => !isPublic);
  const writes = closed.filter(({ method }) => method !== 'GET');
  const [tokens, proofs] = [await badTokens(attacking), await badProofs(attacking)];
  await inTurns([
    ...closed.flatMap((operation) => tokens.map((shown) => at(operation, shown))),
    ...writes.flatMap((operation) => proofs.map((shown) => at(operation, shown))),
  ]);
  return tried;
}

async function signed(
  { system }: Attacking,
  caller: Caller,
  wish: { pem?: string; exp?: string | number; iss?: string } = {},
): Promise<string> {
  const key = await importPKCS8(wish.pem ?? secretsOf(system.dir).identity.privateKey, 'EdDSA');
  const token = new SignJWT({ caller })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer(wish.iss ?? issuer)
    .setIssuedAt();
  if (wish.exp !== 'never') token.setExpirationTime(wish.exp ?? '12s');
  return token.sign(key);
}

/** Caller tokens that identity did not sign, or that are over. */
async function forgedCallers(attacking: Attacking): Promise<[string, string][]> {
  const { publicKey } = secretsOf(attacking.system.dir).identity;
  const foreign = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const good = await signed(attacking, {
    ...widest,
    orgPath: '0.33.3311.331102.2133110001.',
    tier: 'school',
    orgCode: '2133110001',
  });
  const [head, , signature] = good.split('.');
  const wider = Buffer.from(JSON.stringify({ caller: widest, iss: issuer, exp: 9_999_999_999 })).toString('base64url');
  const symmetric = new SignJWT({ caller: widest })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setExpirationTime('12s');
  return [
    ['no caller', ''],
    ['words', 'caller'],
    ['a caller unsigned', new UnsecuredJWT({ caller: widest }).setIssuer(issuer).setExpirationTime('12s').encode()],
    ['a caller signed with the public key as secret', await symmetric.sign(Buffer.from(publicKey))],
    ['a caller signed by somebody else', await signed(attacking, widest, { pem: foreign })],
    ['a caller of another issuer', await signed(attacking, widest, { iss: 'somebody' })],
    ['a caller that never ends', await signed(attacking, widest, { exp: 'never' })],
    ['a caller that ended', await signed(attacking, widest, { exp: Math.floor(Date.now() / 1000) - 1 })],
    ['a caller widened behind its signature', `${head}.${wider}.${signature}`],
    ['a caller without its signature', `${good.split('.').slice(0, 2).join('.')}.`],
    ['a caller cut', good.slice(0, -2)],
  ];
}

/** As somebody who has got hold of the gateway's place in NATS. */
class Inside {
  readonly bus: BusClient;

  constructor({ system }: Attacking) {
    const password = secretsOf(system.dir).nats.gateway;
    this.bus = new BusClient(natsClient({ url: system.natsUrl, user: 'gateway', password }), 'gateway');
  }

  /** The code of the refusal; empty when it was answered. */
  async code(contract: (typeof requests)[number], token: string): Promise<string> {
    const call = { token, traceparent: newTrace(), deadline: Date.now() + 6_000 };
    return this.bus.request(contract, {}, call).then(
      () => '',
      (failure: Error) => (failure instanceof Refusal ? failure.body.code : failure.message),
    );
  }
}

/** `control`: what a good token got where it must not be nobody, or the forged ones would prove nothing. */
async function inside(attacking: Attacking): Promise<{ tried: Tried[]; control: Violation[] }> {
  const into = new Inside(attacking);
  const closed = requests.filter(({ permission }) => permission !== 'public');
  const resolved = await into.bus.ask(resolveSession, { token: attacking.askers[1]!.token });
  const captured = Date.now();
  const tried: Tried[] = [];
  const control: Violation[] = [];
  const forged = await forgedCallers(attacking);
  const at = (contract: (typeof requests)[number], token: string, caller: string) => async () => {
    tried.push({ token, where: contract.name, code: await into.code(contract, caller) });
  };
  await inTurns(closed.flatMap((contract) => forged.map(([token, caller]) => at(contract, token, caller))));
  const reads = closed.filter(({ effect }) => effect === 'read');
  const good = await signed(attacking, widest);
  await inTurns(
    reads.map((contract) => async () => {
      const code = await into.code(contract, good);
      if (code === 'request.unauthenticated') control.push({ check: 'control', says: `${contract.name} knows nobody` });
    }),
  );
  await rest(Math.max(0, captured + callerTokenSeconds * 1000 + 1_000 - Date.now()));
  await inTurns(closed.map((contract) => at(contract, 'a captured caller, replayed', resolved.callerToken)));
  await into.bus.close();
  return { tried, control };
}

/** What may be said once, said again; and somebody else's Idempotency-Key. */
async function repeated({ system, askers }: Attacking): Promise<{ violations: Violation[]; count: number }> {
  const violations: Violation[] = [];
  const wrong = (says: string) => violations.push({ check: 'repeated', says });
  const key = { 'idempotency-key': randomBytes(16).toString('hex') };
  const [asker] = askers;
  const login = json('POST', '/sessions', { loginName: asker!.loginName, password: asker!.password }, key);
  const [first, again] = [await ask(system.url, login), await ask(system.url, login)];
  if (first.status !== 201 || again.status !== 409 || again.text.includes(String(bodyOf(first)['token'])))
    wrong(`a log-in under the same key: ${first.status}, then ${again.status}`);
  const administrators = askers.filter(({ loginName }) => loginName.startsWith('sys@'));
  const made: unknown[] = [];
  for (const each of administrators) {
    const organisation = each.loginName.slice(4);
    const answer = await each.ask('POST', '/accounts', { role: 'informationViewer', organisation }, key);
    if (answer.status !== 201) wrong(`${each.loginName} with a key that somebody else used: ${answer.status}`);
    made.push(bodyOf(answer)['accountId']);
    const second = await each.ask('POST', '/accounts', { role: 'informationViewer', organisation }, key);
    const slip = String(bodyOf(answer)['code'] ?? '');
    if (second.status !== 409 || (slip !== '' && second.text.includes(slip)))
      wrong(`a slip is told again: ${second.status}`);
  }
  if (new Set(made).size !== made.length) wrong(`one key, several accounts: ${made.join(', ')}`);
  return { violations, count: 2 + administrators.length * 2 };
}

export const tokens: Attack = {
  name: 'tokens',
  says: 'sessions and callers that are forged, cut, ended, idle, replayed or foreign, on every route and in every service',
  async run(attacking) {
    const { operations } = readApi();
    const door = await atTheDoor(attacking, operations);
    const { tried, control } = await inside(attacking);
    const { violations, count } = await repeated(attacking);
    return {
      figures: {
        'at the door': door.length,
        'in the services': tried.length,
        'kinds of token': new Set([...door, ...tried].map(({ token }) => token)).size,
        'said again': count,
      },
      violations: [...keptOut([...door, ...tried]), ...control, ...violations],
    };
  },
};
