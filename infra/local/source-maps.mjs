import { setSourceMapsSupport } from 'node:module';

// Errors name our own lines. The flag for it would also keep the source maps of all packages: a sixth of the heap the api begins with.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
