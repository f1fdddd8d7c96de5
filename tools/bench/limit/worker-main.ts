import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { verify } from '@node-rs/argon2';
import { connectNats } from '@shidang/bus';
import { Pool } from 'pg';
import { from, to } from 'pg-copy-streams';
import { subjectOf, type Question } from './questions';
import { statements } from './statements';

const pool = (database: string) =>
  new Pool({ connectionString: process.env[`LIMIT_${database}_URL`], max: 8, idleTimeoutMillis: 0 });
const [identity, records, reporting] = [pool('IDENTITY'), pool('RECORDS'), pool('REPORTING')];

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Checked as little as can be: a name, a sex, a day, eighteen characters; duplicates in the file and on file set-based. */
async function imported(csv: string): Promise<Buffer> {
  const client = await records.connect();
  try {
    const lines = csv.split('\n').filter((line) => line !== '');
    const wrong = lines.filter((line) => {
      const [, name = '', sex = '', born = '', number = ''] = line.split('\t');
      return name === '' || !/^[12]$/.test(sex) || !/^\d{4}-\d\d-\d\d$/.test(born) || number.length !== 18;
    });
    await client.query('begin; truncate bench.staged, bench.imported');
    await pipeline(Readable.from([csv]), client.query(from('copy bench.staged from stdin')));
    const { rows } = await client.query(
      `select (select count(*)::int from (select number from bench.staged group by 1 having count(*) > 1) d) as twice,
              (select count(*)::int from bench.staged s join bench.imported i using (number)) as known`,
    );
    await client.query('insert into bench.imported select * from bench.staged; commit');
    return json({ rows: lines.length, wrong: wrong.length, ...rows[0] });
  } finally {
    client.release();
  }
}

async function exported(path: string): Promise<Buffer> {
  const client = await records.connect();
  try {
    const [low, high] = [path, `${path.slice(0, -1)}/`].map((each) => client.escapeLiteral(each));
    const stream = client.query(
      to(
        `copy (select t.name, t.sex, t.birth_date, t.doc_type, t.doc_masked, t.code_masked, t.school_code, o.name, t.category, t.status, t.updated_at
         from teacher t left join organisation o on o.code = t.school_code where t.org_path >= ${low} and t.org_path < ${high}
         order by t.org_path, t.name, t.id limit 5000) to stdout (format csv)`,
      ),
    );
    const parts: Buffer[] = [];
    for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    client.release();
  }
}

const answers: Readonly<Record<Question, (asked: string) => Promise<Buffer>>> = {
  teacher: async (id) => json((await records.query(statements.teacher(id))).rows[0]),
  page: async (county) => {
    const [rows, total] = await Promise.all([
      records.query(statements.page(county)),
      records.query(statements.total(county)),
    ]);
    return json({ items: rows.rows, total: total.rows[0] });
  },
  search: async (asked) => {
    const [city = '', gram = ''] = asked.split(',');
    const [rows, found] = await Promise.all([
      records.query(statements.search(city, gram)),
      records.query(statements.found(city, gram)),
    ]);
    return json({ items: rows.rows, total: found.rows[0] });
  },
  update: async (asked) => {
    const { entry, key, value } = JSON.parse(asked) as { entry: string; key: string; value: string };
    return json((await records.query(statements.update(entry, key, value))).rows[0]);
  },
  schools: async (city) => Buffer.from((await reporting.query(statements.schools(city))).rows[0].body as string),
  children: async (city) => Buffer.from((await reporting.query(statements.children(city))).rows[0].body as string),
  login: async (asked) => {
    const { loginName, password } = JSON.parse(asked) as { loginName: string; password: string };
    const { rows } = await identity.query(statements.account(loginName));
    if (!(await verify(rows[0].password_hash, password))) throw new Error('wrong password');
    const token = randomBytes(32).toString('base64url');
    await identity.query(statements.session(token, rows[0].id));
    return json({ token });
  },
  import: imported,
  export: exported,
};

async function main(): Promise<void> {
  const { LIMIT_NATS_URL: url = '', LIMIT_NATS_PASSWORD: password = '' } = process.env;
  const nats = await connectNats({ url, user: 'bench', password }, 'limit-worker');
  for (const [question, answer] of Object.entries(answers)) {
    nats.subscribe(subjectOf(question), {
      queue: 'limit',
      callback: (_, message) => {
        // what fails is not answered: the gateway says 503
        answer(Buffer.from(message.data).toString()).then(
          (bytes) => message.respond(bytes),
          (error: Error) => process.stderr.write(`${question}: ${error.message}\n`),
        );
      },
    });
  }
  await nats.flush();
  process.send?.('ready');
}

void main();
process.on('disconnect', () => process.exit(0));
