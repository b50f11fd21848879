import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.TRAINYARD_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  server: {
    port: Number(process.env.PORT ?? 5173),
    strictPort: true,
    proxy: {
      '/graphql': { target: api, ws: true },
      '/uploads': api,
      '/artifacts': api,
    },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    sourcemap: true,
    manifest: true,
    reportCompressedSize: false,
  },
});
