import { createBrowserRouter } from 'react-router';
import { Crash } from './Crash';

// Every page is a piece of its own, fetched when first opened; signing in costs only what signing in needs.
export const makeRouter = () =>
  createBrowserRouter(
    [
      { path: '/login', lazy: async () => ({ Component: (await import('../features/auth/LoginPage')).LoginPage }), HydrateFallback: () => null, errorElement: <Crash /> },
      {
        lazy: async () => ({ Component: (await import('./Frame')).Frame }),
        errorElement: <Crash />,
        HydrateFallback: () => null,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./Home')).Home }) },
          { path: 'inbox/:id?', lazy: async () => ({ Component: (await import('../features/inbox/InboxPage')).InboxPage }) },
          { path: 'customers/:id', lazy: async () => ({ Component: (await import('../features/customer/CustomerPage')).CustomerPage }) },
          { path: 'tickets', lazy: async () => ({ Component: (await import('../features/ticket/TicketsPage')).TicketsPage }) },
          { path: 'tickets/:id', lazy: async () => ({ Component: (await import('../features/ticket/TicketPage')).TicketPage }) },
          { path: 'approvals', lazy: async () => ({ Component: (await import('../features/approval/ApprovalsPage')).ApprovalsPage }) },
          { path: 'knowledge', lazy: async () => ({ Component: (await import('../features/knowledge/KnowledgePage')).KnowledgePage }) },
          { path: 'knowledge/:id', lazy: async () => ({ Component: (await import('../features/knowledge/ArticlePage')).ArticlePage }) },
          { path: 'learning', lazy: async () => ({ Component: (await import('../features/learning/LearningPage')).LearningPage }) },
          { path: 'learning/:id', lazy: async () => ({ Component: (await import('../features/learning/GapPage')).GapPage }) },
          { path: 'search', lazy: async () => ({ Component: (await import('../features/search/SearchPage')).SearchPage }) },
          { path: 'insight', lazy: async () => ({ Component: (await import('../features/insight/InsightPage')).InsightPage }) },
          { path: 'journey', lazy: async () => ({ Component: (await import('../features/journey/JourneyPage')).JourneyPage }) },
          { path: 'flows', lazy: async () => ({ Component: (await import('../features/flow/FlowsPage')).FlowsPage }) },
          { path: 'flows/:id', lazy: async () => ({ Component: (await import('../features/flow/FlowPage')).FlowPage }) },
          { path: 'audit', lazy: async () => ({ Component: (await import('../features/audit/AuditPage')).AuditPage }) },
          { path: 'staff', lazy: async () => ({ Component: (await import('../features/staff/StaffPage')).StaffPage }) },
          { path: 'settings', lazy: async () => ({ Component: (await import('../features/settings/SettingsPage')).SettingsPage }) },
          { path: '*', lazy: async () => ({ Component: (await import('./Lost')).Lost }) },
        ],
      },
    ],
    { basename: '/console' },
  );
