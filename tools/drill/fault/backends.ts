import { asAdmin } from '@shidang/dev';

/** The process of a service's connection, by chance; undefined when none is there. */
async function backendAt(adminUrl: string, which: number): Promise<number | undefined> {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename like '%\\_app' order by backend_start, pid`,
    ),
  );
  return rows[Math.floor(which * rows.length)]?.pid;
}

/** `kill -9`: PostgreSQL takes shared memory for damaged, ends all backends and recovers. */
export async function killBackend(adminUrl: string, which: number): Promise<void> {
  const pid = await backendAt(adminUrl, which);
  if (pid) process.kill(pid, 'SIGKILL');
}

/** One connection is lost, the others are not. */
export async function terminateBackend(adminUrl: string, which: number): Promise<void> {
  const pid = await backendAt(adminUrl, which);
  if (pid) await asAdmin(adminUrl, (client) => client.query('select pg_terminate_backend($1)', [pid]));
}
