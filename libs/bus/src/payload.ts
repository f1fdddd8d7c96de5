import { commonRefusals, type Finding, type PayloadClass } from '@shidang/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { arraysForObjects } from './arrays-for-objects';
import { rememberRules } from './remembered-rules';

rememberRules();

/** Turns a plain body into its payload class; unknown properties are refused (A5: allow-list): `request.malformed` with one finding per wrong property. */
export function toPayload<T extends object>(payload: PayloadClass<T>, value: unknown): T {
  const instance = instanceOf(payload, value);
  const findings = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  }).flatMap((error) => findingsOf(error, ''));
  for (const { pointer, field } of arraysForObjects(instance))
    findings.push(finding(pointer, field, 'request.nestedValidation', '应为对象', `${field} must be an object`));
  if (findings.length > 0) {
    const fields = [...new Set(findings.map((f) => f.pointer))].join(', ');
    throw commonRefusals.malformed({ fields }).with(findings);
  }
  return instance;
}

/** A free object with a key like `constructor` breaks the transformer: that is the sender's mistake, not a fault. */
function instanceOf<T extends object>(payload: PayloadClass<T>, value: unknown): T {
  try {
    return plainToInstance(payload, value ?? {}, { exposeDefaultValues: true });
  } catch (error) {
    if (error instanceof TypeError) throw commonRefusals.malformed({ fields: '/' });
    throw error;
  }
}

/** Why a property was refused, Chinese first; the validator's own English beside it. */
const zhWords: Readonly<Record<string, string>> = {
  whitelistValidation: '不认识的字段',
  isDefined: '必填',
  isNotEmpty: '必填',
  isString: '应为文本',
  isInt: '应为整数',
  isNumber: '应为数字',
  isBoolean: '应为 true 或 false',
  isUuid: '应为 UUID',
  isIso8601: '应为日期时间，如 2016-09-01T08:00:00Z',
  isArray: '应为数组',
  isObject: '应为对象',
  equals: '须为规定的值（如声明须为 true）',
  isIn: '不在可选范围内',
  matches: '格式不正确',
  maxLength: '过长',
  minLength: '过短',
  isLength: '长度不符合要求',
  max: '过大',
  min: '过小',
  arrayMaxSize: '条数过多',
  arrayMinSize: '至少一条',
  arrayUnique: '不得重复',
  nestedValidation: '应为对象',
};

function findingsOf(error: ValidationError, parent: string): Finding[] {
  const pointer = `${parent}/${error.property}`;
  const nested = (error.children ?? []).flatMap((child) => findingsOf(child, pointer));
  const broken = Object.entries(error.constraints ?? {});
  if (broken.length === 0) return nested;
  // a property that is not there breaks every rule at once: one mistake, one finding
  if (error.value === undefined || error.value === null) {
    const [, detailEn] = broken[0]!;
    return [finding(pointer, error.property, 'request.missing', '必填', detailEn), ...nested];
  }
  const own = broken.map(([rule, detailEn]) =>
    finding(
      pointer,
      error.property,
      rule === 'whitelistValidation' ? 'request.unknown_property' : `request.${rule}`,
      zhWords[rule] ?? '不符合要求',
      detailEn,
    ),
  );
  return [...own, ...nested];
}

const finding = (pointer: string, field: string, code: string, zh: string, detailEn: string): Finding => ({
  pointer,
  field,
  code,
  detail: `字段 ${field}：${zh}`,
  detailEn,
});
