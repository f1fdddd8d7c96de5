import type { Refusal } from '@shidang/contracts';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import { toPayload } from './payload';

class Place {
  @IsString() code!: string;
  @IsOptional() @ValidateNested() @Type(() => Place) above?: Place;
}

class Journey {
  @ValidateNested() @Type(() => Place) from!: Place;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Place) over?: Place[];
}

const from = { code: 'a' };

function refused(body: unknown): unknown[] {
  try {
    toPayload(Journey, body);
    return [];
  } catch (error) {
    return ((error as Refusal).body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

describe('an array', () => {
  it.each([
    [{ from: [] }, '/from'],
    [{ from: [from] }, '/from'],
    [{ from, over: [[]] }, '/over/0'],
    [{ from, over: [from, [from]] }, '/over/1'],
    [{ from: { code: 'a', above: { code: 'b', above: [] } } }, '/from/above/above'],
    [{ from, over: [{ code: 'a', above: [] }] }, '/over/0/above'],
  ])('is no object: %j', (body, pointer) => expect(refused(body)).toEqual([`${pointer} request.nestedValidation`]));

  it.each([
    { from },
    { from, over: [] },
    { from, over: [from, { code: 'b', above: from }] },
    { from: { code: 'a', above: null } },
  ])('is a list where one is wanted: %j', (body) => expect(refused(body)).toEqual([]));
});
