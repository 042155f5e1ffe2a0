// The platform's own words for tickets, in the order in which people want them.
export const statuses = ['new', 'open', 'pending', 'solved', 'closed'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const types = ['complaint_quality', 'complaint_attitude', 'complaint_logistics', 'complaint_price', 'suggestion', 'review', 'repair', 'question', 'other'] as const;
export const departments = ['quality', 'stores', 'logistics', 'pricing', 'product', 'repair', 'service'] as const;
