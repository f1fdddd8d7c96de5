import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';

const sharedMemory = '/dev/shm';
/** A run of all tests holds some two gigabytes of clusters and streams at once; as much again is left to those who use them. Bytes. */
const enough = 6e9;

export interface Machine {
  /** As /proc/mounts tells; empty where there is none. */
  readonly mounts: string;
  /** Whether we may make files in shared memory. */
  readonly isOurs: boolean;
  /** Bytes free in shared memory, and in memory as a whole, which may be a container's. */
  readonly sharedBytes: number;
  readonly memoryBytes: number;
  /** Where files go that nobody wants kept, and whether somebody chose it. */
  readonly tmpdir: string;
  readonly isChosen: boolean;
}

/**
 * Where systems of tests lie: in memory where there is room, since nothing of them outlives the machine. Three hundred small files are made for every database, and for a disk's
 * file system that is fifteen times the work (ADR 0138). A disk when programs may not be run from there, and wherever `TMPDIR` says.
 */
export function throwAwayBase(machine: Machine): string {
  // the last one mounted lies on top
  const mount = machine.mounts.split('\n').findLast((line) => line.split(' ')[1] === sharedMemory);
  const [, , type, options = ''] = mount?.split(' ') ?? [];
  const isOpen = type === 'tmpfs' && options.split(',').includes('rw') && !options.split(',').includes('noexec');
  const hasRoom = Math.min(machine.sharedBytes, machine.memoryBytes) >= enough;
  return isOpen && machine.isOurs && hasRoom && !machine.isChosen ? sharedMemory : machine.tmpdir;
}

/** For a run of tests on this machine. */
export const placeForTests = (): string => throwAwayBase(thisMachine());

function thisMachine(): Machine {
  const read = <T>(what: () => T, otherwise: T): T => {
    try {
      return what();
    } catch {
      return otherwise;
    }
  };
  return {
    mounts: read(() => readFileSync('/proc/mounts', 'utf8'), ''),
    isOurs: read(() => {
      accessSync(sharedMemory, constants.W_OK | constants.X_OK);
      return true;
    }, false),
    sharedBytes: read(() => {
      const { bavail, bsize } = statfsSync(sharedMemory);
      return bavail * bsize;
    }, 0),
    memoryBytes: Math.min(freemem(), process.availableMemory()),
    tmpdir: tmpdir(),
    isChosen: Boolean(process.env['TMPDIR']),
  };
}
