import { requests } from '@shidang/contracts';
import { Controller, Get } from '@nestjs/common';
import { controllers } from '../gateway.module';
import { describeRoutes } from './routes';
import { linkOf } from './answer';

@Controller('open')
class ForgetfulController {
  @Get() read() {
    return 'anybody may';
  }
}

/** Requests only services ask each other, on behalf of a caller; and those that travel inside POST /imports. */
const withoutRoute = [
  'records.teacher.labels',
  'records.submission.read',
  'reporting.backlog.list',
  'records.import.begin',
  'records.file.append',
];

describe('the routes', () => {
  it('refuse to start with one that has no contract', () => {
    expect(() => describeRoutes([...controllers, ForgetfulController])).toThrow(
      'ForgetfulController.read is a route without @Serves',
    );
  });

  it('refuse to start with two at one place', () => {
    expect(() => describeRoutes([...controllers, ...controllers])).toThrow('is served by');
  });

  it('serve every request of the contracts, and each once', () => {
    const routes = describeRoutes(controllers);
    const streamed = routes.filter(({ terms }) => terms.stream).map(({ contract }) => contract.name);
    const answered = routes
      .filter(({ terms }) => !terms.stream)
      .flatMap(({ contract, terms }) => [contract, ...(terms.alsoBy ?? [])].map(({ name }) => name));
    const onlyStreamed = streamed.filter((name) => !answered.includes(name));
    expect([...answered, ...onlyStreamed, ...withoutRoute].sort()).toEqual(requests.map(({ name }) => name).sort());
  });

  it('give every property of the path to the payload', () => {
    for (const { path, contract } of describeRoutes(controllers)) {
      for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
        expect([
          contract.name,
          Reflect.hasMetadata('design:type', contract.request.prototype as object, name!),
        ]).toEqual([contract.name, true]);
      }
    }
  });

  it('carry files and reports in the lane that goes last', () => {
    const carrying = describeRoutes(controllers).filter(({ terms }) => terms.upload || terms.download);
    expect(carrying.filter(({ contract }) => contract.lane !== 'bulk').map(({ path }) => path)).toEqual([]);
    expect(carrying.length).toBeGreaterThan(5);
  });

  it('have nothing to take from an answer that is ready-made', () => {
    const readyMade = describeRoutes(controllers).filter(({ contract }) => contract.readyMade);
    expect(readyMade.length).toBeGreaterThan(0);
    for (const { path, contract, terms } of readyMade) {
      const told = ['etag', 'page'].filter((name) =>
        Reflect.hasMetadata('design:type', contract.reply.prototype as object, name),
      );
      expect([path, contract.effect, told, Object.keys(terms)]).toEqual([path, 'read', [], []]);
    }
  });

  it('keep reads away from verbs that write', () => {
    const reads = describeRoutes(controllers).filter(
      ({ contract, method }) => contract.effect === 'write' && method === 'GET',
    );
    expect(reads).toEqual([]);
  });
});

describe('links', () => {
  it('lead to the neighbouring pages of the same question', () => {
    expect(linkOf('/api/v1/teachers?status=draft&cursor=old', { next: 'n/1', prev: 'p' })).toBe(
      '</api/v1/teachers?status=draft&cursor=n%2F1>; rel="next", </api/v1/teachers?status=draft&cursor=p>; rel="prev"',
    );
    expect(linkOf('/api/v1/teachers', { total: 3, totalIsExact: true })).toBeUndefined();
  });
});
