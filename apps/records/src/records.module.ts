import { Module } from '@nestjs/common';
import { ListChangesHandler } from './change/list-changes';
import { RequestChangeHandler } from './change/request-change';
import { AskCorrectionHandler } from './correction/ask-correction';
import { DeclineCorrectionHandler } from './correction/decline-correction';
import { ListCorrectionsHandler } from './correction/list-corrections';
import { AddEntryHandler } from './entry/add-entry';
import { ConfirmSectionHandler } from './entry/confirm-section';
import { PatchEntryHandler } from './entry/patch-entry';
import { ReadSectionHandler } from './entry/read-section';
import { RemoveEntryHandler } from './entry/remove-entry';
import { DownloadRecordHandler } from './export/download-record';
import { ListViewersHandler } from './history/list-viewers';
import { ReadHistoryHandler } from './history/read-history';
import { UnmaskValueHandler } from './history/unmask-value';
import { importHandlers, importProviders } from './import/import-handlers';
import { KeepOrganisationsConsumer } from './organisation/keep-organisations';
import { ApplyDecisionConsumer } from './submission/apply-decision';
import { FollowCaseConsumer } from './submission/follow-case';
import { ReadSubmissionHandler } from './submission/read-submission';
import { SubmitRecordHandler } from './submission/submit-record';
import { LabelTeachersHandler } from './teacher/label-teachers';
import { ListTeachersHandler } from './teacher/list-teachers';
import { ReadCompletenessHandler } from './teacher/read-completeness';
import { ReadTeacherHandler } from './teacher/read-teacher';
import { RegisterTeacherHandler } from './teacher/register-teacher';
import { RegisterTeachersHandler } from './teacher/register-teachers';

/** Everything records answers and follows. */
@Module({
  controllers: [
    KeepOrganisationsConsumer,
    RegisterTeacherHandler,
    RegisterTeachersHandler,
    ListTeachersHandler,
    ReadTeacherHandler,
    LabelTeachersHandler,
    ReadCompletenessHandler,
    ReadSectionHandler,
    AddEntryHandler,
    PatchEntryHandler,
    RemoveEntryHandler,
    ConfirmSectionHandler,
    SubmitRecordHandler,
    ReadSubmissionHandler,
    ApplyDecisionConsumer,
    FollowCaseConsumer,
    RequestChangeHandler,
    ListChangesHandler,
    AskCorrectionHandler,
    ListCorrectionsHandler,
    DeclineCorrectionHandler,
    ReadHistoryHandler,
    UnmaskValueHandler,
    ListViewersHandler,
    DownloadRecordHandler,
    ...importHandlers,
  ],
  providers: [...importProviders],
})
export class RecordsModule {}
