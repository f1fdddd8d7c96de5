import { Consumes } from '@shidang/bus';
import { teacherRegistered, TeacherRegistered } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Organisation } from '../organisation/organisation.entity';
import { PersonRegistry } from '../person/person-registry';
import { Account } from './account.entity';
import { tellIssued } from './issuing';
import { teacherLoginName } from './login-name';
import { Post } from './post.entity';

const durable = 'identity-make-teacher-account';

@Controller()
export class MakeTeacherAccountConsumer {
  constructor(
    private readonly work: Work,
    private readonly registry: PersonRegistry,
  ) {}

  /** 一人一号: the registration is committed, so the claim is confirmed and the teacher gets his one account; a slip is printed on request. */
  @Consumes(teacherRegistered, durable)
  async make(registered: TeacherRegistered, messageId: string): Promise<void> {
    const [person] = await this.registry.confirm([registered.teacherId]);
    if (!person)
      throw new Error(
        `teacher ${registered.teacherId} has no person: the claim was lost before the registration arrived`,
      );
    await this.work.once(messageId, registered, durable, async (em, sql) => {
      if (await em.findOne(Account, { teacherId: registered.teacherId })) return;
      const school = await em.findOneOrFail(Organisation, { code: registered.schoolCode });
      const account = new Account(school, await teacherLoginName(sql, school), person.name);
      account.personId = person.id;
      account.teacherId = registered.teacherId;
      await em.persist(account).flush();
      const post = new Post(account, 'teacher', school, { accountId: registered.actor?.accountId });
      await em.persist(post).flush();
      await tellIssued(em, account, post);
    });
  }
}
