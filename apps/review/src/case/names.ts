import { BusClient } from '@shidang/bus';
import { labelAccounts, labelTeachers, Refusal, type AccountLabel, type TeacherLabel } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';

/** Names are records' and identity's. While one of them is away a page shows none rather than nothing. */
@Injectable()
export class Names {
  constructor(private readonly bus: BusClient) {}

  /** In the caller's scope: records leaves out whom he may not see. */
  async ofTeachers(ids: readonly string[]): Promise<Map<string, TeacherLabel>> {
    const teacherIds = [...new Set(ids)];
    if (teacherIds.length === 0) return new Map();
    const answer = await unlessAway(this.bus.request(labelTeachers, { teacherIds }));
    return new Map(answer?.labels.map((label) => [label.teacherId, label]));
  }

  /** Of colleagues and of who decided: who reads the case reads who answers for it (谁审核谁负责). */
  async ofAccounts(ids: readonly string[]): Promise<Map<string, AccountLabel>> {
    const accountIds = [...new Set(ids)].slice(0, 200);
    if (accountIds.length === 0) return new Map();
    const answer = await unlessAway(this.bus.ask(labelAccounts, { accountIds }));
    return new Map(answer?.labels.map((label) => [label.accountId, label]));
  }
}

async function unlessAway<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal && error.body.kind === 'unavailable') return undefined;
    throw error;
  }
}
