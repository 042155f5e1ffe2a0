import type { Texts } from '.';

export const approvalTexts = {
  'nav.approvals': ['审批', 'Approvals'],
  'approval.count': ['{{n}} 项等待审批', '{{n}} waiting for approval'],
  'approval.lead': ['顾客已确认、需要人来决定的操作。通过后立即执行，并会在会话里告诉顾客。', 'What customers have confirmed and a person has to decide. Approved actions happen at once, and the customer is told in the conversation.'],
  'approval.none': ['没有等待审批的操作', 'Nothing waits for approval'],
  'approval.none.hint': ['超过金额或次数上限的操作会出现在这里。', 'Actions above the limits of amount or number appear here.'],
  'approval.amount': ['金额', 'Amount'],
  'approval.why': ['需要审批的原因', 'Why it needs approval'],
  'approval.conversation': ['打开会话', 'Open the conversation'],
  'approval.approve': ['通过', 'Approve'],
  'approval.approve.ask': ['通过并立即执行？', 'Approve and carry out now?'],
  'approval.approve.done': ['已通过，顾客会收到结果。', 'Approved. The customer is told how it went.'],
  'approval.reject': ['拒绝', 'Reject'],
  'approval.reject.title': ['拒绝这项操作', 'Reject this action'],
  'approval.reject.reason': ['原因（顾客会看到原文）', 'Reason (the customer reads it as it is)'],
  'approval.reject.done': ['已拒绝，原因已告诉顾客。', 'Rejected. The customer is told why.'],
  'approval.read.only': ['你可以查看，但没有审批权限。', 'You may look, but not decide.'],
} as const satisfies Texts;
