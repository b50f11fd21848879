import { cleanup } from '@testing-library/react';
import { switchTestLanguage } from './texts.ts';

beforeEach(async () => {
  localStorage.clear();
  await switchTestLanguage('en');
});

afterEach(cleanup);
