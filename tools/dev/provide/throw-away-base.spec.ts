import { throwAwayBase, type Machine } from './throw-away-base';

const roomy: Machine = {
  mounts: 'proc /proc proc rw 0 0\ntmpfs /dev/shm tmpfs rw,nosuid,nodev,size=16g 0 0\n',
  isOurs: true,
  sharedBytes: 16e9,
  memoryBytes: 16e9,
  tmpdir: '/tmp',
  isChosen: false,
};

describe('throw-away systems', () => {
  test('lie in memory where there is room', () => expect(throwAwayBase(roomy)).toBe('/dev/shm'));

  test.each<[string, Partial<Machine>]>([
    ['there is no shared memory', { mounts: 'proc /proc proc rw 0 0\n' }],
    ['that is no memory', { mounts: '/dev/vda /dev/shm ext4 rw 0 0\n' }],
    ['programs may not be run from there', { mounts: 'tmpfs /dev/shm tmpfs rw,nosuid,noexec 0 0\n' }],
    [
      'something less open lies on top of it',
      { mounts: 'tmpfs /dev/shm tmpfs rw 0 0\ntmpfs /dev/shm tmpfs rw,noexec 0 0\n' },
    ],
    ['it is not ours to write to', { isOurs: false }],
    ['nothing may be written there', { mounts: 'tmpfs /dev/shm tmpfs ro 0 0\n' }],
    ['it is small, as in a container', { sharedBytes: 64e6 }],
    ['memory is short', { memoryBytes: 2e9 }],
    ['somebody chose another place', { isChosen: true }],
  ])('lie on the disk when %s', (_, machine) => expect(throwAwayBase({ ...roomy, ...machine })).toBe('/tmp'));
});
