/** An account of the demo: its log-in name is `<name>@<organisation code>`. */
export interface DemoAccount {
  readonly account: string;
  readonly password: string;
  /** For people. */
  readonly role: string;
  readonly organisation: string;
}

/** Keeps the rules of real passwords; the system that has it holds invented people only. */
export const demoPassword = 'Oujiang-Qingshan-26';

/** Schools every scale has. */
export const demoSchools = {
  primary: '2133110001',
  attached: '1133110002',
  special: '5133110003',
  vocational: '3633110004',
  cityRun: '3433110005',
} as const;

/** Teachers whose log-in names are known beforehand, by the state of their records. */
export const demoTeachers = {
  draft: `t310001@${demoSchools.primary}`,
  'school-returned': `t310002@${demoSchools.primary}`,
  effective: `t310003@${demoSchools.primary}`,
} as const;

const row = (account: string, role: string, organisation: string): DemoAccount => ({
  account,
  password: demoPassword,
  role,
  organisation,
});

const primary = '莲都区瓯江小学（示例）';
const cityRun = '丽水市瓯江高级中学（示例）';

/** The table `npm start` and README print, and tests log in with. */
export const demoAccounts: readonly DemoAccount[] = [
  row('sys@000000', '系统管理员 system administrator', '教育部'),
  row('info@000000', '信息管理员 information administrator', '教育部'),
  row('sys@330000', '系统管理员 system administrator', '浙江省教育厅'),
  row('info@330000', '信息管理员 information administrator', '浙江省教育厅'),
  row('sys@331100', '系统管理员 system administrator', '丽水市教育局'),
  row('info@331100', '信息管理员 information administrator', '丽水市教育局'),
  row('view@331100', '信息查询员 information viewer', '丽水市教育局'),
  row('audit@331100', '审计员 auditor', '丽水市教育局'),
  row('ops@331100', '运维员 operator', '丽水市教育局'),
  row('sys@331102', '系统管理员 system administrator', '莲都区教育局'),
  row('info@331102', '信息管理员 information administrator', '莲都区教育局'),
  row('view@331102', '信息查询员 information viewer', '莲都区教育局'),
  row('info@331121', '信息管理员 information administrator', '青田县教育局'),
  row(`sys@${demoSchools.primary}`, '系统管理员 system administrator', primary),
  row(`info@${demoSchools.primary}`, '信息管理员 information administrator', primary),
  row(`head@${demoSchools.primary}`, '学校负责人 principal', primary),
  row(demoTeachers.draft, '教师（填报中）teacher, draft', primary),
  row(demoTeachers['school-returned'], '教师（学校退回）teacher, returned', primary),
  row(demoTeachers.effective, '教师（已生效）teacher, effective', primary),
  row(`sys@${demoSchools.cityRun}`, '系统管理员 system administrator', cityRun),
  row(`info@${demoSchools.cityRun}`, '信息管理员 information administrator', cityRun),
  row(`head@${demoSchools.cityRun}`, '学校负责人 principal', cityRun),
];

export const isDemoAccount = (loginName: string): boolean => demoAccounts.some(({ account }) => account === loginName);
