import { Global, Module } from '@nestjs/common';
import { AccessResolver } from './access.resolver.ts';
import { AccessService } from './access.service.ts';
import { AccountService } from './account.service.ts';
import { Cookies } from './cookies.ts';
import { Founding } from './founding.ts';
import { KnownBrowsers } from './known-browsers.service.ts';
import { PasswordProof } from './password-proof.service.ts';
import { PersonLoader } from './person.loader.ts';
import { SignInService } from './sign-in.service.ts';
import { Throttle } from './throttle.service.ts';
import { TokenService } from './token.service.ts';
import { ViewerService } from './viewer.service.ts';

/** Every noun asks who acts and shows people by name. */
@Global()
@Module({
  providers: [
    AccessResolver,
    AccessService,
    AccountService,
    Cookies,
    Founding,
    KnownBrowsers,
    PasswordProof,
    PersonLoader,
    SignInService,
    Throttle,
    TokenService,
    ViewerService,
  ],
  exports: [AccessService, AccountService, Founding, PersonLoader],
})
export class AccessModule {}
