import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { FileKeyProvider, Vault } from '@shidang/persistence';
import type { Batch } from '../load/batch';
import type { Packet } from '../load/owners-databases';
import type { Owner } from '../load/tables';
import { PasswordHashes } from '../rows/password-hashes';
import type { Counts } from '../rows/reporting-rows';
import { Seeding } from '../seeding';
import type { Part } from '../world/part';
import { planPart } from '../world/world';

export interface PartWork {
  readonly parts: readonly Part[];
  readonly today: string;
  readonly now: number;
  readonly keyFiles: Readonly<Record<Owner, string>>;
  readonly known: ReadonlyMap<string, string>;
  readonly nobodys: string;
}

/** Rows, each batch when the one before last has been taken; the counts of a part when it is whole. */
export type PartSaid = { readonly packets: readonly Packet[] } | { readonly counts: Counts };

/** Batches on their way at a time: one is being written while the next is made. */
const mostAhead = 2;

const encoder = new TextEncoder();
const packetsOf = (batch: Batch): Packet[] =>
  [...batch.all()].map(({ text, ...of }) => ({ ...of, bytes: encoder.encode(text) }));

const port = parentPort!;
let ahead = 0;
let taken: () => void = () => undefined;
port.on('message', () => {
  ahead -= 1;
  taken();
});

async function say(packets: readonly Packet[]): Promise<void> {
  while (ahead >= mostAhead) await new Promise<void>((settle) => (taken = settle));
  ahead += 1;
  const said: PartSaid = { packets };
  port.postMessage(
    said,
    packets.map(({ bytes }) => bytes.buffer as ArrayBuffer),
  );
}

async function makeParts({ parts, today, now, keyFiles, known, nobodys }: PartWork): Promise<void> {
  const vault = (owner: Owner) => new Vault(new FileKeyProvider(keyFiles[owner]));
  const vaults = { identity: vault('identity'), records: vault('records'), review: vault('review') };
  const hashes = new PasswordHashes(known, nobodys);
  for (const part of parts) {
    const seeding = new Seeding(planPart(part, today), vaults, hashes, new Date(now));
    for (const batch of seeding.batches()) await say(packetsOf(batch));
    const said: PartSaid = { counts: seeding.counts };
    port.postMessage(said);
  }
  port.close();
}

void makeParts(workerData as PartWork);
