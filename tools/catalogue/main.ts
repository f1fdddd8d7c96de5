import { catalogueVersion, soundness } from '@shidang/catalogue';
import { codesCsv, firmness, indicatorsCsv } from './catalogue-csv';

const usage = `node dist/tools/catalogue/main.js indicators  every indicator as CSV on stdout
node dist/tools/catalogue/main.js codes       every code of every code table as CSV on stdout
node dist/tools/catalogue/main.js --check     faults of the catalogue; exit code 1 when there is one`;

function check(): number {
  const faults = soundness();
  console.log(`catalogue ${catalogueVersion}: ${faults.length === 0 ? 'sound' : `${faults.length} fault(s)`}`);
  for (const fault of faults) console.log(`- ${fault}`);
  console.log(firmness());
  return faults.length === 0 ? 0 : 1;
}

function main([verb]: readonly string[]): number {
  if (verb === '--check') return check();
  if (verb !== 'indicators' && verb !== 'codes') {
    console.error(usage);
    return 2;
  }
  process.stdout.write(verb === 'codes' ? codesCsv() : indicatorsCsv());
  return 0;
}

process.exitCode = main(process.argv.slice(2));
