import { commonRefusals, type Finding, type PayloadClass } from '@shidang/contracts';
import type { PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** Turns a plain body into its payload class; unknown properties are refused (A5: allow-list). */
export class ContractPipe<T extends object> implements PipeTransform<unknown, T> {
  constructor(private readonly payload: PayloadClass<T>) {}

  transform(value: unknown): T {
    return toPayload(this.payload, value);
  }
}

/** Refuses `request.malformed` with one finding per wrong property. */
export function toPayload<T extends object>(payload: PayloadClass<T>, value: unknown): T {
  const instance = instanceOf(payload, value);
  const findings = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  }).flatMap((error) => findingsOf(error, ''));
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

function findingsOf(error: ValidationError, parent: string): Finding[] {
  const pointer = `${parent}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
    pointer,
    field: error.property,
    code: rule === 'whitelistValidation' ? 'request.unknown_property' : `request.${rule}`,
    detail:
      rule === 'whitelistValidation'
        ? `不认识的字段 ${error.property}`
        : `字段 ${error.property} 不符合要求：${detail}`,
    detailEn: detail,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => findingsOf(child, pointer))];
}
