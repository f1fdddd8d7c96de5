import { readConfig } from '@shidang/service-host/gateway';
import { GatewayConfig } from './gateway.config';

const good = {
  PORT: '8080',
  PORT_HEALTH: '0',
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_USER: 'gateway',
  NATS_PASSWORD: 'secret',
  IDENTITY_PUBLIC_KEY: '-----BEGIN PUBLIC KEY-----',
  COOKIE_SECRET: 'x'.repeat(32),
};

const complaint = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(GatewayConfig, environment);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the environment of the gateway', () => {
  it('is on loopback and wants TLS for cookies unless told otherwise', () => {
    expect(readConfig(GatewayConfig, good)).toMatchObject({ PORT: 8080, HOST: '127.0.0.1', COOKIE_SECURE: '1' });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'eighty'],
    ['COOKIE_SECRET', 'short'],
    ['COOKIE_SECURE', 'false'],
    ['IDENTITY_PUBLIC_KEY', ''],
    ['TRUSTED_PROXIES', '*'],
  ])('does not start with %s=%s', (name, value) => {
    expect(complaint({ ...good, [name]: value })).toContain(name);
  });

  it('names everything that is wrong at once', () => {
    const said = complaint({});
    for (const name of Object.keys(good)) expect(said).toContain(name);
  });
});
