/** The areas of the API: controller → tag, in the order of the document. A controller without an area ends the run. */
export const areas: Readonly<Record<string, { tag: string; zh: string }>> = {
  SessionsController: { tag: 'sessions', zh: '登录、激活' },
  MeController: { tag: 'me', zh: '本人' },
  OrganisationsController: { tag: 'organisations', zh: '机构' },
  AccountsController: { tag: 'accounts', zh: '账号分发' },
  TeachersController: { tag: 'teachers', zh: '教师信息' },
  ChangesController: { tag: 'change-requests', zh: '变更申请' },
  ImportsController: { tag: 'imports', zh: '模板、导入、导出' },
  JobsController: { tag: 'jobs', zh: '后台任务' },
  ReviewController: { tag: 'review', zh: '审核、报送' },
  ProgressController: { tag: 'progress', zh: '进度、应采集人数、采集安排' },
  MonthlyReportsController: { tag: 'monthly-reports', zh: '月报表' },
  StatisticsController: { tag: 'statistics', zh: '查询统计' },
  NoticesController: { tag: 'notices', zh: '通知' },
  UrgingsController: { tag: 'urgings', zh: '督办' },
  AuditController: { tag: 'audit', zh: '审计' },
  AuditChainsController: { tag: 'audit-chains', zh: '审计链' },
};
