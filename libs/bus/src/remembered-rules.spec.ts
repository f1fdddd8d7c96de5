import { Type, plainToInstance } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  ValidateNested,
  getMetadataStorage,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { rememberRules } from './remembered-rules';

class Named {
  @IsString() name!: string;
}
class Aged extends Named {
  @IsInt() age!: number;
}
class Other {
  @IsOptional() @IsString() word?: string;
}
class Listed {
  @ValidateNested({ each: true }) @Type(() => Aged) people!: Aged[];
}

const words = (errors: readonly ValidationError[]): unknown[] =>
  errors.map(({ property, constraints, children = [] }) => [property, Object.keys(constraints ?? {}), words(children)]);
const samples: object[] = [
  ...[{ name: 'a', age: 1 }, { name: 1 }, { age: 'x', extra: 1 }].map((given) => Object.assign(new Aged(), given)),
  ...[{ name: 'a' }, {}, { name: 'a', age: 1 }].map((given) => Object.assign(new Named(), given)),
  ...[{}, { word: 1 }, { word: 'a', name: 'b' }].map((given) => Object.assign(new Other(), given)),
  plainToInstance(Listed, { people: [{ name: 'a', age: 1 }, { age: 'x', extra: 1 }, { name: 2 }] }),
];
const verdicts = () =>
  samples.map((each) =>
    words(validateSync(each, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false })),
  );

test('remembered rules refuse and accept what looking for them each time did, inherited ones too', () => {
  const before = verdicts();
  expect(new Set(before.map((each) => JSON.stringify(each))).size).toBeGreaterThan(4);
  rememberRules();
  expect([verdicts(), verdicts()]).toEqual([before, before]);
});

test('a class is looked for once', () => {
  const storage = getMetadataStorage();
  rememberRules();
  const rules = () => storage.getTargetValidationMetadatas(Aged, '', false, false);
  expect(rules()).toBe(rules());
});

test('so is one that is nested in another, however many there are of it', () => {
  const storage = getMetadataStorage();
  rememberRules();
  const looked = jest.spyOn(storage, 'groupByPropertyName');
  const validated = (n: number) => {
    looked.mockClear();
    validateSync(plainToInstance(Listed, { people: Array.from({ length: n }, () => ({ name: 'a', age: 1 })) }));
    return new Set(looked.mock.calls.map(([rules]) => rules)).size;
  };
  expect([validated(1), validated(50)]).toEqual([2, 2]);
  looked.mockRestore();
});
