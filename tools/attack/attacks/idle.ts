import { connect, type Socket } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';
import type { Attack } from '../attack';
import { servedMeanwhile } from '../check/served-meanwhile';
import type { Violation } from '../check/violation';
import { withBystander } from '../door/bystander';

const socketCount = 5_000;
const batch = 250;

function open(url: URL): Promise<Socket | undefined> {
  return new Promise((settle) => {
    const socket = connect(Number(url.port), url.hostname, () => settle(socket));
    socket.on('error', () => settle(undefined));
  });
}

export const idle: Attack = {
  name: 'idle',
  says: '5,000 connections that say nothing: others are served meanwhile and afterwards',
  async run({ system, askers }) {
    const url = new URL(system.url);
    const violations: Violation[] = [];
    const sockets: Socket[] = [];
    let letGo = 0;
    const served = await withBystander(askers[3]!, async () => {
      for (let opened = 0; opened < socketCount; opened += batch) {
        const some = await Promise.all(Array.from({ length: batch }, () => open(url)));
        for (const socket of some) if (socket) sockets.push(socket.once('close', () => letGo++).resume());
      }
      await rest(5_000);
    });
    const figures = { sockets: sockets.length, 'let go by the door': letGo, read: served.during.length };
    if (sockets.length < socketCount)
      violations.push({ check: 'idle', says: `${sockets.length} of ${socketCount} connections were made` });
    for (const socket of sockets) socket.destroy();
    const after = await askers[3]!.ask('GET', '/me');
    if (after.status !== 200) violations.push({ check: 'idle', says: `afterwards: ${after.status}` });
    return { figures, violations: [...violations, ...servedMeanwhile('reading beside idle connections', served)] };
  },
};
