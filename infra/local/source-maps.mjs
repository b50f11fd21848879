import { setSourceMapsSupport } from 'node:module';

// Errors name our own lines. The flag for it would also keep the source maps of all packages: a third of what the api holds.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
