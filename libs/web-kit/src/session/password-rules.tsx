import { faultsOf, passwordFaults, type PasswordFault } from '@shidang/access';
import { defineWords, useWords } from '../words/define-words';

const words = defineWords('password-rules', {
  rules: ['密码要求', 'Password rules'],
  short: ['至少 10 个字符', 'At least 10 characters'],
  classes: ['含大写字母、小写字母、数字、符号中的三类', 'Three of: capitals, small letters, digits, signs'],
  common: [
    '不是常见密码（如 password、123456、qwerty 的变形）',
    'Not a common one (password, 123456, qwerty and the like)',
  ],
  derived: [
    '不含姓名、登录名、机构代码、证件号码',
    'Without your name, log-in name, organisation code or document number',
  ],
  met: ['已符合', 'met'],
  unmet: ['未符合', 'not met'],
});

interface PasswordRulesProps {
  /** For `aria-describedby` of the field. */
  readonly id: string;
  readonly password: string;
  /** What of its owner the page knows; the server knows more. */
  readonly known: readonly (string | undefined)[];
}

/** The rules of the server, judged while one types. */
export function PasswordRules({ id, password, known }: PasswordRulesProps) {
  const t = useWords(words);
  const faults = new Set<PasswordFault>(password === '' ? passwordFaults : faultsOf(password, known));
  return (
    <ul id={id} className="sd-rules" aria-label={t('rules')}>
      {passwordFaults.map((rule) => (
        <li key={rule} className={faults.has(rule) ? 'sd-rule-unmet' : 'sd-rule-met'}>
          <span aria-hidden="true">{faults.has(rule) ? '○' : '✓'}</span> {t(rule)}
          <span className="sd-only-read"> {t(faults.has(rule) ? 'unmet' : 'met')}</span>
        </li>
      ))}
    </ul>
  );
}
