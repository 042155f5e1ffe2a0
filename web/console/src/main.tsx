import '../../tokens/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { makeClient } from './app/client';
import { makeRouter } from './app/router';
import { startTexts } from './lib/i18n';
import { languageOf, preferences } from './lib/preferences';
import { Look } from './ui/Look';

startTexts(languageOf(preferences.get()));
const client = makeClient();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Look>
        <RouterProvider router={makeRouter()} />
      </Look>
    </QueryClientProvider>
  </StrictMode>,
);
