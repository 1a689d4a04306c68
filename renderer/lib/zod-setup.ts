import { z } from 'zod';

// The content security policy forbids generated code, so zod must not compile its schemas.
// This module is imported before every module that makes a schema.
z.config({ jitless: true });
