import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsConf } from './permissions';

describe('deploy/nats/permissions.conf', () => {
  it('is what the contracts say (mend: node dist/tools/streams/main.js permissions)', () => {
    expect(readFileSync(join(__dirname, '../../deploy/nats/permissions.conf'), 'utf8')).toBe(permissionsConf());
  });
});
