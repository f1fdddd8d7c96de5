import { request, type Refusal } from '@shidang/contracts';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsOptional, IsString } from 'class-validator';
import { payloadOf, type Carried } from './payload';

class FindShelves {
  @IsString() roomId!: string;
  @IsOptional() @Type(() => Number) @IsInt() limit?: number;
  @IsOptional() @IsBoolean() open?: boolean;
  @IsOptional() @IsArray() @IsString({ each: true }) state?: string[];
  @IsOptional() @IsString() code?: string;
}

const findShelves = request('records.shelf.find', {
  permission: 'teacher.read',
  effect: 'read',
  request: FindShelves,
  reply: FindShelves,
});

const carried = (some: Partial<Carried>): Carried => ({
  method: 'GET',
  params: {},
  query: {},
  body: undefined,
  ...some,
});
const payload = (some: Partial<Carried>, fills: string[] = []) => payloadOf(findShelves, fills, carried(some));

function pointersRefused(some: Partial<Carried>, fills: string[] = []): (string | undefined)[] {
  try {
    payload(some, fills);
  } catch (error) {
    return ((error as Refusal).body.errors ?? []).map(({ pointer }) => pointer);
  }
  return [];
}

describe('a payload', () => {
  it('takes path and query by name, with the types of its class', () => {
    expect(
      payload({ params: { roomId: 'r' }, query: { limit: '20', open: 'false', state: 'a', code: '007' } }),
    ).toEqual({
      roomId: 'r',
      limit: 20,
      open: false,
      state: ['a'],
      code: '007',
    });
    expect(payload({ query: { state: ['a', 'b'] } })).toEqual({ state: ['a', 'b'] });
  });

  it('leaves what does not fit to the service to refuse', () => {
    expect(payload({ query: { limit: '1e9', open: 'yes', nonsense: '1' } })).toEqual({
      limit: '1e9',
      open: 'yes',
      nonsense: '1',
    });
  });

  it('takes path and body of a write, untouched', () => {
    expect(payload({ method: 'POST', params: { roomId: 'r' }, body: { limit: '20' } })).toEqual({
      roomId: 'r',
      limit: '20',
    });
  });

  it('is empty when nothing is sent', () => expect(payload({ method: 'POST' })).toEqual({}));

  it('lets no body overrule the path', () => {
    expect(pointersRefused({ method: 'PUT', params: { roomId: 'r' }, body: { roomId: 'other' } })).toEqual(['/roomId']);
    expect(pointersRefused({ params: { roomId: 'r' }, query: { roomId: 'other' } })).toEqual(['/roomId']);
  });

  it('lets nobody send what the gateway fills', () => {
    expect(pointersRefused({ method: 'POST', body: { code: 'x' } }, ['code'])).toEqual(['/code']);
    expect(pointersRefused({ query: { code: 'x' } }, ['code'])).toEqual(['/code']);
  });

  it('takes no query on a write', () => {
    expect(pointersRefused({ method: 'PATCH', query: { limit: '1' }, body: {} })).toEqual(['/limit']);
  });

  it.each([[[]], [null], ['text'], [7]])('refuses the body %j', (body) => {
    expect(pointersRefused({ method: 'POST', body })).toEqual(['']);
  });

  it('refuses NUL and half characters in path and query', () => {
    expect(pointersRefused({ params: { roomId: 'a\0' } })).toEqual(['/roomId']);
    expect(pointersRefused({ query: { code: ['ok', '\ud800'] } })).toEqual(['/code']);
  });
});
