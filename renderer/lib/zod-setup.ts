import { z } from 'zod';
import { schemaWords } from '#shared/base/schema-words.ts';

// The content security policy forbids generated code, so zod must not compile its schemas.
// This module is imported before every module that makes a schema.
z.config({ jitless: true, localeError: schemaWords });
