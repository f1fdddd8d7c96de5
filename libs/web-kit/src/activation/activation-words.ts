import { defineWords } from '../words/define-words';

export const activationWords = defineWords('activation', {
  title: ['激活账号', 'Activate your account'],
  code: ['激活码', 'Activation code'],
  codeHint: ['见激活单，形如 7KQM-2XHV-9TRW，不分大小写', 'On your slip, such as 7KQM-2XHV-9TRW; case does not matter'],
  check: ['下一步', 'Next'],
  otherCode: ['换一个激活码', 'Another code'],
  for: ['为以下账号设置密码', 'Set the password of this account'],
  organisation: ['机构', 'Organisation'],
  role: ['角色', 'Role'],
  loginName: ['登录名', 'Log-in name'],
  loginNameHint: ['请记住登录名，以后用它登录', 'Remember it: you log in with it from now on'],
  who: ['本人信息', 'Who you are'],
  whoHint: [
    '用于确认账号由谁使用，同一人的多个账号据此关联；证件号码加密保存。',
    'So that the account has one user; the number is kept encrypted.',
  ],
  name: ['姓名', 'Name'],
  documentType: ['证件类型', 'Document type'],
  documentNumber: ['证件号码', 'Document number'],
  password: ['设置密码', 'Password'],
  repeat: ['再输一次密码', 'Password again'],
  differ: ['两次输入的密码不同', 'The two passwords differ'],
  required: ['请填写{{what}}', 'Please fill in: {{what}}'],
  weak: ['密码还不符合下列要求', 'The password does not meet every rule below'],
  activate: ['激活并登录', 'Activate and log in'],
  toLogIn: ['已有密码，去登录', 'I have a password: log in'],
  activated: [
    '账号已激活，登录名 {{loginName}}。请登录。',
    'Activated. Your log-in name is {{loginName}}; please log in.',
  ],
  badNumber: ['证件号码不正确：{{reason}}', 'The document number is wrong: {{reason}}'],
});
