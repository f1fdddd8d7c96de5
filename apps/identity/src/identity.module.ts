import { Module } from '@nestjs/common';
import { CreateAccountHandler } from './account/create-account';
import { ExpiredPosts } from './account/expired-posts';
import { FindPostsHandler } from './account/find-posts';
import { GrantPostHandler } from './account/grant-post';
import { IssueAccountBatchHandler } from './account/issue-account-batch';
import { Issuing } from './account/issuing';
import { ListAccountCoverageHandler } from './account/list-account-coverage';
import { ListAccountsHandler } from './account/list-accounts';
import { MakeTeacherAccountConsumer } from './account/make-teacher-account';
import { ReadAccountHandler } from './account/read-account';
import { UpdateAccountHandler } from './account/update-account';
import { IssueSlipHandler } from './activation/issue-slip';
import { OpenSlips } from './activation/open-slips';
import { PreviewActivationHandler } from './activation/preview-activation';
import { RedeemActivationHandler } from './activation/redeem-activation';
import { BackupAge } from './administration/backup-age';
import { FirstAdministrator } from './administration/create-administrator';
import { UserCare } from './administration/look-after-user';
import { FoundOrganisationHandler } from './organisation/found-organisation';
import { ListOrganisationsHandler } from './organisation/list-organisations';
import { ReadOrganisationHandler } from './organisation/read-organisation';
import { RenameOrganisationHandler } from './organisation/rename-organisation';
import { ClaimPersonHandler } from './person/claim-person';
import { PersonRegistry } from './person/person-registry';
import { Callers } from './session/callers';
import { ChangePasswordHandler } from './session/change-password';
import { CreateSessionHandler } from './session/create-session';
import { EndSessionHandler } from './session/end-session';
import { Passwords } from './session/passwords';
import { ReadMeHandler } from './session/read-me';
import { ResolveSessionHandler } from './session/resolve-session';
import { SwitchPostHandler } from './session/switch-post';

@Module({
  providers: [
    BackupAge,
    Callers,
    ExpiredPosts,
    FirstAdministrator,
    Issuing,
    OpenSlips,
    Passwords,
    PersonRegistry,
    UserCare,
  ],
  controllers: [
    ReadOrganisationHandler,
    ListOrganisationsHandler,
    FoundOrganisationHandler,
    RenameOrganisationHandler,
    IssueAccountBatchHandler,
    CreateAccountHandler,
    ListAccountsHandler,
    ListAccountCoverageHandler,
    ReadAccountHandler,
    UpdateAccountHandler,
    GrantPostHandler,
    FindPostsHandler,
    MakeTeacherAccountConsumer,
    IssueSlipHandler,
    PreviewActivationHandler,
    RedeemActivationHandler,
    CreateSessionHandler,
    ResolveSessionHandler,
    EndSessionHandler,
    SwitchPostHandler,
    ChangePasswordHandler,
    ReadMeHandler,
    ClaimPersonHandler,
  ],
})
export class IdentityModule {}
