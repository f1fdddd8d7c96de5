import { codeTable, codeTables, codesOf } from './code-tables';
import { indicatorsFor, sections } from './catalogue';
import { comparisonsIn, parseCondition } from './condition';
import { normalise } from './normalise/normalise';
import { categories, type Indicator, type Section } from './section';
import { templateColumns } from './template';

/** What is wrong with the catalogue itself; empty when it is sound. A test keeps it so, as does `tools/catalogue`. */
export function soundness(of: readonly Section[] = sections): readonly string[] {
  const faults: string[] = [];
  repeated(of.map((section) => section.key)).forEach((key) => faults.push(`section ${key} is declared twice`));
  for (const section of of) faults.push(...sectionFaults(section));
  for (const table of codeTables) {
    const name = `code table ${table.key}`;
    repeated(table.codes.map((each) => each.code)).forEach((code) => faults.push(`${name}: code ${code} twice`));
    repeated(table.codes.map((each) => each.name)).forEach((each) => faults.push(`${name}: name ${each} twice`));
    for (const { code, parent } of table.codes) {
      if (parent !== undefined && !codesOf(table.key).has(parent)) faults.push(`${name}: ${code} under no ${parent}`);
    }
  }
  repeated(codeTables.map((table) => table.key)).forEach((key) => faults.push(`code table ${key} is declared twice`));
  return faults;
}

const repeated = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];

function sectionFaults(section: Section): string[] {
  const keys = new Set(section.indicators.map((each) => each.key));
  const faults = repeated(section.indicators.map((each) => each.key)).map((key) => `${section.key}.${key} twice`);
  for (const key of [...(section.identifiedBy ?? []), section.periods?.start, section.periods?.end]) {
    if (key !== undefined && !keys.has(key)) faults.push(`${section.key} is identified by unknown ${key}`);
  }
  if (section.multiRecord && !section.identifiedBy?.length) faults.push(`${section.key} repeats without a natural key`);
  for (const { key } of categories) {
    const headers = templateColumns(section, key).map((column) => column.header);
    repeated(headers).forEach((header) => faults.push(`${section.key} in ${key}: two columns ${header}`));
  }
  for (const indicator of section.indicators) {
    faults.push(...indicatorFaults(section, indicator).map((fault) => `${section.key}.${indicator.key}: ${fault}`));
  }
  return faults;
}

function indicatorFaults(section: Section, indicator: Indicator): string[] {
  return [
    ...tableFaults(section, indicator),
    ...conditionFaults(section, indicator),
    ...referenceFaults(section, indicator),
    ...valueFaults(section, indicator),
  ];
}

function tableFaults(section: Section, indicator: Indicator): string[] {
  const tables = [indicator.codeTable, ...Object.values(indicator.codeTableByCategory ?? {})].filter(Boolean);
  const faults = tables.filter((key) => !codeTable(String(key))).map((key) => `no code table ${String(key)}`);
  if ((indicator.type === 'code') !== tables.length > 0)
    faults.push('a code table belongs to type code, and only there');
  for (const { key } of categories) {
    const collected = indicatorsFor(section, key).includes(indicator);
    if (collected && indicator.codeTableByCategory && !indicator.codeTableByCategory[key])
      faults.push(`no table in ${key}`);
  }
  return faults;
}

function conditionFaults(section: Section, indicator: Indicator): string[] {
  const texts = [indicator.requiredWhen, indicator.emptyWhen, indicator.mustBe?.when].filter(
    (each) => each !== undefined,
  );
  return texts.flatMap((text) => {
    try {
      return comparisonsIn(parseCondition(text)).flatMap(({ name, codes }) => {
        if (name === 'category') return codes.filter((code) => !categories.some((each) => each.key === code));
        const other = section.indicators.find((each) => each.key === name);
        if (!other) return [`"${text}" names unknown ${name}`];
        // Forms and imports read a row once, from left to right.
        if (section.indicators.indexOf(other) > section.indicators.indexOf(indicator)) {
          return [`"${text}" depends on ${name}, which comes later`];
        }
        const table = other.codeTable;
        return table
          ? codes.filter((code) => !codesOf(table).has(code)).map((code) => `"${text}": no code ${code}`)
          : [];
      });
    } catch (error) {
      return [String(error)];
    }
  });
}

function referenceFaults(section: Section, indicator: Indicator): string[] {
  const { notBefore, after, levelOf, differsFrom, parentIs, derivedFrom } = indicator;
  const faults = [notBefore, after, levelOf, differsFrom, parentIs]
    .filter((key) => key !== undefined && !section.indicators.some((each) => each.key === key))
    .map((key) => `refers to unknown ${String(key)}`);
  if (!derivedFrom) return faults;
  const source = sections.find((each) => each.key === derivedFrom.section);
  const keys = [derivedFrom.by, derivedFrom.take, derivedFrom.tie, derivedFrom.open];
  for (const key of keys) {
    if (key !== undefined && !source?.indicators.some((each) => each.key === key))
      faults.push(`derived from unknown ${key}`);
  }
  if (!indicator.readOnly) faults.push('derived but not read-only');
  return faults;
}

/** Defaults, examples and "0-无" must be values the catalogue itself accepts: never a heading, never unknown. */
function valueFaults(section: Section, indicator: Indicator): string[] {
  const { alone, mustBe, default: preset, example, multiValue } = indicator;
  const faults = alone !== undefined && !multiValue ? ['excludes others though it takes one value'] : [];
  for (const { key } of categories) {
    if (!indicatorsFor(section, key).includes(indicator)) continue;
    for (const value of [alone, mustBe?.code, preset, example]) {
      const read = normalise(indicator, value, key);
      if ('code' in read) faults.push(`${String(value)} in ${key}: ${read.words.en}`);
    }
  }
  return faults;
}
