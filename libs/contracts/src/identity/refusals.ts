import { refusal } from '../refusal';

export const identityRefusals = {
  /** One sentence for an unknown name, a wrong password, an account without password, disabled or locked: nobody learns which. */
  logInFailed: refusal(
    'identity.log_in_failed',
    'unauthenticated',
    '登录名或密码不正确；连续输错 5 次将锁定 5 分钟，之后自动解锁',
    'Wrong log-in name or password; five failures lock the account for five minutes, after which it unlocks by itself',
  ),
  noPost: refusal(
    'identity.no_post',
    'forbidden',
    '该账号没有有效岗位，请联系本机构系统管理员',
    'The account holds no valid post; ask the system administrator of your organisation',
  ),
  sessionEnded: refusal(
    'identity.session_ended',
    'unauthenticated',
    '登录已失效，请重新登录',
    'The session has ended, please log in again',
  ),
  passwordMustChange: refusal(
    'identity.password_must_change',
    'forbidden',
    '密码已到期，请先修改密码',
    'The password has expired, change it first',
  ),
  passwordWeak: refusal(
    'identity.password_weak',
    'invalid',
    '密码不符合要求：至少 10 个字符，含大写字母、小写字母、数字、符号中的三类，不得是常见密码，不得包含姓名、登录名或证件号码',
    'The password must have 10 characters of 3 classes, must not be a common one nor contain the name, log-in name or document number',
  ),
  passwordWrong: refusal('identity.password_wrong', 'invalid', '当前密码不正确', 'The current password is wrong'),
  codeInvalid: refusal(
    'identity.activation_code_invalid',
    'invalid',
    '激活码无效、已使用或已过期，请向签发激活单的管理员申请新的激活单',
    'The activation code is wrong, used or expired; ask the administrator who issued it for a new slip',
  ),
  personRequired: refusal(
    'identity.person_required',
    'invalid',
    '首次激活请填写本人姓名和证件号码',
    'Give your name and identity document to activate this account',
  ),
  personNotVerified: refusal(
    'identity.person_not_verified',
    'invalid',
    '姓名与证件信息未能核实，请核对后重试，或联系签发激活单的管理员',
    'Name and document could not be verified; check them or ask the administrator who issued the slip',
  ),
  documentInvalid: refusal<{ reason: string; reasonEn: string }>(
    'identity.document_invalid',
    'invalid',
    '证件号码不正确：{reason}',
    'The document number is wrong: {reasonEn}',
  ),
  rolesApart: refusal<{ held: string; wanted: string }>(
    'identity.roles_apart',
    'conflict',
    '系统管理员、审计员、运维员须由不同的人担任（三员分立）',
    'System administrator, auditor and operator must be different people',
  ),
  /** Also when the account is nobody's this caller manages: the same as nonexistent (A3). */
  accountNotFound: refusal('identity.account_not_found', 'not_found', '没有找到该账号', 'No such account'),
  postNotFound: refusal('identity.post_not_found', 'not_found', '没有找到该岗位', 'No such post'),
  organisationNotFound: refusal(
    'identity.organisation_not_found',
    'not_found',
    '没有找到该机构',
    'No such organisation',
  ),
  notYoursToIssue: refusal<{ role: string; organisation: string }>(
    'identity.not_yours_to_issue',
    'forbidden',
    '只能为本机构用户和直接下级机构的系统管理员分发账号',
    'Accounts are issued to users of the own organisation and to system administrators directly below only',
  ),
  teachersAreRegistered: refusal(
    'identity.teachers_are_registered',
    'invalid',
    '教师账号由学校新建教师时产生，不能单独创建',
    "A teacher's account comes with the registration of the teacher",
  ),
  roleNotAtTier: refusal<{ role: string; tier: string }>(
    'identity.role_not_at_tier',
    'invalid',
    '该层级没有这个角色',
    'This role does not exist at that tier',
  ),
  loginNameTaken: refusal('identity.login_name_taken', 'conflict', '登录名已被使用', 'The log-in name is taken'),
  loginNameMalformed: refusal(
    'identity.login_name_malformed',
    'invalid',
    '登录名为 2–20 位小写字母、数字、点、横线或下划线，以字母开头',
    'A log-in name has 2–20 lower-case letters, digits, dots, hyphens or underscores and begins with a letter',
  ),
  accountDisabled: refusal('identity.account_disabled', 'conflict', '该账号已停用', 'The account is disabled'),
  notYourself: refusal(
    'identity.not_yourself',
    'conflict',
    '不能停用自己正在使用的账号或岗位',
    'Nobody disables the account or post in use',
  ),
  postHeld: refusal('identity.post_held', 'conflict', '该账号已有此岗位', 'The account already holds this post'),
  codeTaken: refusal<{ code: string }>(
    'identity.organisation_code_taken',
    'conflict',
    '机构代码 {code} 已被使用（代码不重复使用）',
    'Organisation code {code} is taken; codes are never reused',
  ),
  organisationMalformed: refusal<{ reason: string }>(
    'identity.organisation_malformed',
    'invalid',
    '机构信息不正确：{reason}',
    'The organisation is malformed: {reason}',
  ),
};
