import {
  foundOrganisation,
  listOrganisationChildren,
  listOrganisations,
  readOrganisation,
  renameOrganisation,
} from '@shidang/contracts';
import { Controller, Get, Patch, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller('organisations')
export class OrganisationsController {
  @Get()
  @Serves(listOrganisations)
  list(ask: Ask<typeof listOrganisations>) {
    return ask();
  }

  @Get(':code')
  @Serves(readOrganisation)
  read(ask: Ask<typeof readOrganisation>) {
    return ask();
  }

  @Get(':code/children')
  @Serves(listOrganisationChildren)
  children(ask: Ask<typeof listOrganisationChildren>) {
    return ask();
  }

  @Post()
  @Serves(foundOrganisation, { created: ({ code }) => `/organisations/${code}` })
  found(ask: Ask<typeof foundOrganisation>) {
    return ask();
  }

  @Patch(':code')
  @Serves(renameOrganisation)
  rename(ask: Ask<typeof renameOrganisation>) {
    return ask();
  }
}
