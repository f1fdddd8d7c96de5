import { IsString, IsUUID, Validate, ValidateNested, ValidatorConstraint } from 'class-validator';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientTypes } from './client-types';
import { Components } from './components';
import { buildDocument, printed } from './document';
import { schemaOf } from './schemas';

const root = join(__dirname, '../..');
const without = {
  classes: new Map<string, string>(),
  properties: new Map<string, string>(),
  constants: new Map<string, string>(),
};
const howTo = 'node tools/dev/build.mjs && node dist/tools/openapi/main.js';

@ValidatorConstraint({ name: 'isLucky' })
class IsLucky {
  validate(): boolean {
    return true;
  }
}

class WithAStrangeRule {
  @Validate(IsLucky) number!: string;
}

class Inner {
  @IsString() text!: string;
}

class WithoutType {
  @ValidateNested() inner!: Inner;
}

class Numbered {
  @IsUUID() id!: string;
  @IsString() text: string = 'as ever';
}

describe('the description of the API', () => {
  const document = buildDocument(root);

  it('is the committed one', () => {
    const committed = readFileSync(join(root, 'apps/gateway/openapi.json'), 'utf8');
    expect([committed === printed(document), howTo]).toEqual([true, howTo]);
  });

  it('is what the client is made of', () => {
    const committed = readFileSync(join(root, 'libs/client/src/generated/api.ts'), 'utf8');
    expect([committed === clientTypes(root, document), howTo]).toEqual([true, howTo]);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    const targets = new Set([...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!));
    const missing = [...targets].filter((path) => {
      const found = path
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
      return found === undefined;
    });
    expect(missing).toEqual([]);
  });

  it('does not describe a decorator it does not know by silence', () => {
    expect(() => schemaOf(WithAStrangeRule, 'request', without)).toThrow('no description for the decorator "isLucky"');
  });

  it('does not guess what is nested', () => {
    expect(() => new Components(without).refer(WithoutType, 'reply')).toThrow('nested without @Type');
  });

  it('says what a request may leave out', () => {
    expect(schemaOf(Numbered, 'request', without)).toMatchObject({
      required: ['id'],
      properties: { text: { default: 'as ever' } },
    });
    expect(schemaOf(Numbered, 'reply', without).required).toEqual(['id', 'text']);
  });

  it('gives one name to one shape', () => {
    const components = new Components(without);
    components.refer(Numbered, 'request', ['id']);
    expect(() => components.refer(Numbered, 'request')).toThrow('sent in two shapes');
  });
});
