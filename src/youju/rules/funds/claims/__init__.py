"""Claims (补贴申请): the way of an application and of an award list, the rules CLM-…, what is made public."""
